using GenesysMock.Faults;
using GenesysMock.Limits;
using GenesysMock.Login;
using GenesysMock.Publishing;
using GenesysMock.Scenarios;
using Microsoft.Extensions.Options;

namespace GenesysMock.Admin;

/// <summary>How the mock behaves, asked and changed while it runs.</summary>
internal static class BehaviourEndpoints
{
    public static void MapBehaviour(this IEndpointRouteBuilder mock)
    {
        mock.MapGet("/limits", (Behaviour behaviour) => AdminJson.Answer(behaviour.Limits));
        mock.MapPut("/limits", PutLimitsAsync);
        mock.MapGet("/faults", (Behaviour behaviour) => AdminJson.Answer(behaviour.Faults));
        mock.MapPut("/faults", PutFaultsAsync);
        mock.MapGet("/scenarios", List);
        mock.MapPost("/scenario/{name}", Choose);
        mock.MapPost(
            "/tokens/revoke",
            (TokenStore tokens) => AdminJson.Answer(new Dictionary<string, int> { ["revoked"] = tokens.RevokeAll() })
        );
    }

    private static Task<IResult> PutLimitsAsync(
        HttpRequest request,
        IValidateOptions<LimitOptions> validator,
        Behaviour behaviour,
        CancellationToken cancellationToken
    ) => PutAsync(request, validator, behaviour.Change, cancellationToken);

    private static Task<IResult> PutFaultsAsync(
        HttpRequest request,
        IValidateOptions<FaultOptions> validator,
        Behaviour behaviour,
        CancellationToken cancellationToken
    ) => PutAsync(request, validator, behaviour.Change, cancellationToken);

    private static async Task<IResult> PutAsync<T>(
        HttpRequest request,
        IValidateOptions<T> validator,
        Action<T> change,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var (body, fault) = await AdminJson.ReadAsync<T>(request, cancellationToken);
        if (body is null)
        {
            return AdminJson.Fault(fault!);
        }

        var result = validator.Validate(name: null, body);
        if (result.Failed)
        {
            return AdminJson.Fault(result.FailureMessage);
        }

        change(body);
        return AdminJson.Answer(body);
    }

    private static IResult List(ScenarioCatalog catalog, Behaviour behaviour) =>
        AdminJson.Answer(
            catalog.Names.Select(name => new ScenarioLine(
                name,
                catalog.Find(name)!.Description,
                Current: name == behaviour.Scenario
            ))
        );

    private static IResult Choose(
        HttpRequest request,
        string name,
        ScenarioCatalog catalog,
        Behaviour behaviour,
        LiveTraffic live
    )
    {
        if (catalog.Find(name) is not { } scenario)
        {
            return AdminJson.Fault(
                $"There is no scenario '{name}', but {string.Join(", ", catalog.Names)}.",
                StatusCodes.Status404NotFound
            );
        }

        behaviour.Change(scenario);
        live.Restart();

        // A person pressed a button on the status page and wants to see it again.
        return request.HasFormContentType
            ? Results.Redirect("/")
            : AdminJson.Answer(new ScenarioLine(scenario.Name, scenario.Description, Current: true));
    }

    private sealed record ScenarioLine(string Name, string Description, bool Current);
}
