using GenesysMock.Gate;
using GenesysMock.Traffic;

namespace GenesysMock.Answers;

internal static class UserEndpoints
{
    private const int IdsMax = 100;

    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/users", ListAsync);
        api.MapGet("/users/{userId}", GetAsync);
        api.MapGet("/users/{userId}/routingstatus", GetRoutingStatusAsync);
    }

    private static Task ListAsync(HttpContext context, Organization organization)
    {
        var ids = QueryIds.Of(context.Request);
        if (ids.Count > IdsMax)
        {
            return context.AnswerAsync(
                new ApiError(400, "max.user.ids", $"Only {IdsMax} users can be requested at a time.")
            );
        }

        var users = ids.Count is 0
            ? (IReadOnlyList<Agent>)organization.Users
            : [.. organization.Users.Where(user => ids.Contains(user.Id, StringComparer.OrdinalIgnoreCase))];
        return Listing.AnswerAsync(context, users, user => Write(user, organization));
    }

    private static Task GetAsync(HttpContext context, string userId, Organization organization) =>
        organization.Users.FirstOrDefault(user => user.Id == userId) is { } user
            ? context.AnswerAsync(Write(user, organization))
            : context.AnswerAsync(ApiError.NotFound);

    private static Task GetRoutingStatusAsync(
        HttpContext context,
        string userId,
        Organization organization,
        TimeProvider time
    ) =>
        organization.Users.Any(user => user.Id == userId)
            ? context.AnswerAsync(
                new
                {
                    UserId = userId,
                    Status = "IDLE",
                    StartTime = JsonText.Iso(time.GetUtcNow()),
                }
            )
            : context.AnswerAsync(ApiError.NotFound);

    private static object Write(Agent user, Organization organization) =>
        new
        {
            user.Id,
            user.Name,
            Division = new { Id = organization.DivisionId, Name = "Home" },
            Department = "Support",
            user.Email,
            PrimaryContactInfo = new[]
            {
                new
                {
                    Address = user.Email,
                    MediaType = "EMAIL",
                    Type = "PRIMARY",
                },
            },
            Addresses = Array.Empty<object>(),
            State = "active",
            Title = "Agent",
            Username = user.Email,
            Version = 12,
            AcdAutoAnswer = false,
            SelfUri = $"/api/v2/users/{user.Id}",
        };
}
