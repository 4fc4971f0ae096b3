using Operations.Access;
using Operations.Answering;

namespace Operations.Auditing;

internal static class AuditingFeature
{
    public static void AddAuditing(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<Auditor>();

    public static void MapAudits(this IEndpointRouteBuilder api) =>
        api.MapPost("/audits", CompareAsync)
            .WithTags("Audit")
            .WithSummary("Compares what Genesys says there was in an interval with what arrived.")
            .RequireAuthorization(Roles.MayAct);

    private static async Task<IResult> CompareAsync(HttpContext context, AuditBody interval, Auditor auditor) =>
        (
            await auditor.CompareAsync(interval.From, interval.To, Actor.Of(context.User).Name, context.RequestAborted)
        ).ToResult();
}

internal sealed record AuditBody(DateTimeOffset From, DateTimeOffset To);
