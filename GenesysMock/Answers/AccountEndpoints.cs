using GenesysMock.Gate;
using GenesysMock.Scenarios;
using GenesysMock.Traffic;

namespace GenesysMock.Answers;

/// <summary>The cheap probes. They count against the limits like everything else.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder api)
    {
        api.MapGet(
            "/tokens/me",
            (HttpContext context, Organization organization) =>
                context.AnswerAsync(
                    new
                    {
                        Organization = new { organization.Id, organization.Name },
                        HomeOrganization = new { organization.Id, organization.Name },
                        AuthorizedScope = Array.Empty<string>(),
                    }
                )
        );
        api.MapGet(
            "/organizations/me",
            (HttpContext context, Organization organization) =>
                context.AnswerAsync(
                    new
                    {
                        organization.Id,
                        organization.Name,
                        State = "active",
                        SelfUri = "/api/v2/organizations/me",
                    }
                )
        );
        api.MapGet("/organizations/limits/namespaces/platform.api", LimitsAsync);
    }

    private static Task LimitsAsync(HttpContext context, Behaviour behaviour) =>
        context.AnswerAsync(
            new
            {
                Entities = new[]
                {
                    new ErrorLimit(
                        "platform.api",
                        "client.credentials.token.rate.per.minute",
                        behaviour.Limits.PerToken
                    ),
                    new ErrorLimit("platform.api", "token.rate.per.minute", behaviour.Limits.PerToken),
                    new ErrorLimit("platform.api", "org.app.user.rate.per.minute", behaviour.Limits.PerOrganization),
                    new ErrorLimit("platform.api", "request.bytes.max", ApiGate.RequestBytesMax),
                },
            }
        );
}
