using GenesysMock.Gate;
using GenesysMock.Traffic;

namespace GenesysMock.Answers;

internal static class RoutingEndpoints
{
    private const int IdsMax = 100;

    public static void MapRouting(this IEndpointRouteBuilder api)
    {
        api.MapGet("/routing/queues", ListQueuesAsync);
        api.MapGet("/routing/queues/{queueId}", GetQueueAsync);
        api.MapGet("/routing/wrapupcodes/{codeId}", GetWrapUpCodeAsync);
    }

    private static Task ListQueuesAsync(HttpContext context, Organization organization)
    {
        var ids = QueryIds.Of(context.Request);
        if (ids.Count > IdsMax)
        {
            return context.AnswerAsync(
                ApiError.BadRequest with
                {
                    Message = $"Only {IdsMax} queues can be requested at a time.",
                }
            );
        }

        var queues = ids.Count is 0
            ? (IReadOnlyList<WorkQueue>)organization.Queues
            : [.. organization.Queues.Where(queue => ids.Contains(queue.Id, StringComparer.OrdinalIgnoreCase))];
        return Listing.AnswerAsync(context, queues, queue => Write(queue, organization));
    }

    private static Task GetQueueAsync(HttpContext context, string queueId, Organization organization) =>
        organization.Queues.FirstOrDefault(queue => queue.Id == queueId) is { } queue
            ? context.AnswerAsync(Write(queue, organization))
            : context.AnswerAsync(ApiError.ResourceNotFound);

    private static Task GetWrapUpCodeAsync(HttpContext context, string codeId, Organization organization) =>
        organization.WrapUpCodes.FirstOrDefault(code => code.Id == codeId) is { } code
            ? context.AnswerAsync(
                new
                {
                    code.Id,
                    code.Name,
                    Division = new { Id = organization.DivisionId, Name = "Home" },
                    DateCreated = "2025-01-01T00:00:00.000Z",
                    CreatedBy = organization.Users[0].Id,
                    SelfUri = $"/api/v2/routing/wrapupcodes/{code.Id}",
                }
            )
            : context.AnswerAsync(ApiError.ResourceNotFound);

    private static object Write(WorkQueue queue, Organization organization) =>
        new
        {
            queue.Id,
            queue.Name,
            Division = new { Id = organization.DivisionId, Name = "Home" },
            Description = "",
            DateCreated = "2025-01-01T00:00:00.000Z",
            DateModified = "2026-01-01T00:00:00.000Z",
            ModifiedBy = organization.Users[0].Id,
            CreatedBy = organization.Users[0].Id,
            MemberCount = organization.Users.Length,
            MediaSettings = new
            {
                Call = new
                {
                    EnableAutoAnswer = false,
                    AlertingTimeoutSeconds = 30,
                    ServiceLevel = new { Percentage = 0.8, DurationMs = 20_000 },
                },
            },
            AcwSettings = new { WrapupPrompt = "MANDATORY_TIMEOUT", TimeoutMs = 60_000 },
            SkillEvaluationMethod = "BEST",
            EnableTranscription = true,
            SelfUri = $"/api/v2/routing/queues/{queue.Id}",
        };
}
