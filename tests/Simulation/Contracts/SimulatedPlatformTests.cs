using GenesysApi.Tests.Mocked;
using Processor.Testing.Watching;
using Processor.Testing.World;
using Simulation.Coverage;
using Simulation.Genesys;
using Simulation.Histories;
using Testing;

namespace Simulation.Contracts;

/// <summary>The platform of a history in which nothing goes wrong.</summary>
public sealed class SimulatedPlatformTests : PlatformContract
{
    private protected override Task OnPlatformAsync(Func<APlatform, Task> story)
    {
        var plan = Plan.Of(1) with { RequestsPerMinute = SimulatedPlatform.AllowedByDefault };
        var world = new SimulatedWorld(plan.Seed);
        var outside = new Outside(world, plan, new FaultCoverage(), new Trace(world, stepsMax: 0));
        outside.Heal();

        using var meters = new SilentMeters();
        var api = new ProcessApi("process", outside, new Lifeline(), world.Time, meters);
        var platform = new APlatform(api.Client, world.Time, Guid.NewGuid().ToString(), Guid.NewGuid().ToString())
        {
            RevokeTokensAsync = () =>
            {
                outside.Platform.RevokeTokens();
                return Task.CompletedTask;
            },
            LimitAsync = calls =>
            {
                outside.Platform.Allowed = calls;
                return Task.CompletedTask;
            },
        };
        world.Run(() => story(platform));
        return Task.CompletedTask;
    }
}
