using GenesysMock.Publishing;
using GenesysMock.Scenarios;
using GenesysMock.Traffic;
using Microsoft.Extensions.Options;

namespace GenesysMock.Admin;

/// <summary>Runs of traffic: start one, watch it, stop it.</summary>
internal static class TrafficEndpoints
{
    public static void MapTraffic(this IEndpointRouteBuilder mock)
    {
        mock.MapPost("/traffic", StartAsync);
        mock.MapGet("/traffic", (TrafficRuns runs) => AdminJson.Answer(runs.All.Select(RunAnswer.Of)));
        mock.MapGet(
            "/traffic/{run}",
            (string run, TrafficRuns runs) =>
                runs.Find(run) is { } found ? AdminJson.Answer(RunAnswer.Of(found)) : NoSuchRun(run)
        );
        mock.MapDelete("/traffic/{run}", Stop);
    }

    public static IResult NoSuchRun(string run) =>
        AdminJson.Fault($"There is no run '{run}' (any more).", StatusCodes.Status404NotFound);

    private static async Task<IResult> StartAsync(
        HttpRequest http,
        TrafficRuns runs,
        Behaviour behaviour,
        ScenarioCatalog catalog,
        IValidateOptions<TrafficShape> validator,
        CancellationToken cancellationToken
    )
    {
        var (request, fault) = await AdminJson.ReadAsync<TrafficRequest>(http, cancellationToken);
        if (request is null)
        {
            return AdminJson.Fault(fault!);
        }

        if (request.Events < 1 || request.RatePerSecond is <= 0)
        {
            return AdminJson.Fault("events must be at least 1, and ratePerSecond, where it is given, more than 0.");
        }

        var scenario = request.Scenario is { } name ? catalog.Find(name) : null;
        if (request.Scenario is not null && scenario is null)
        {
            return AdminJson.Fault(
                $"There is no scenario '{request.Scenario}', but {string.Join(", ", catalog.Names)}."
            );
        }

        var shape = request.Reshape(scenario?.Shape ?? behaviour.Shape);
        var valid = validator.Validate(name: null, shape);
        if (valid.Failed)
        {
            return AdminJson.Fault(valid.FailureMessage);
        }

        return runs.Start(request.Events, request.Seed, request.RatePerSecond, shape) switch
        {
            RunStart.Started started => AdminJson.Answer(RunAnswer.Of(started.Run), StatusCodes.Status202Accepted),
            RunStart.Refused refused => AdminJson.Fault(refused.Why, StatusCodes.Status409Conflict),
            _ => throw new InvalidOperationException(),
        };
    }

    private static IResult Stop(string run, TrafficRuns runs)
    {
        if (runs.Find(run) is not { } found)
        {
            return NoSuchRun(run);
        }

        found.Stop();
        return AdminJson.Answer(RunAnswer.Of(found), StatusCodes.Status202Accepted);
    }
}
