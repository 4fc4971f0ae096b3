using Processor.Testing;
using Processor.Testing.Building;

namespace Processor.Tests.Processing;

/// <summary>Whole histories with every fault at once and a replica that dies; what must hold, holds after each.</summary>
public sealed class FaultyHistoriesTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_event_is_recorded_and_every_effect_happens_once_whatever_fails(int seed)
    {
        using var scenario = new Scenario(seed)
        {
            Announcing = new(),
            Receiving = new() { Slots = 40, SlotsPerPoller = 10 },
            Settlement = new() { TransientAttemptsMax = 1_000 },
        };
        var effect = scenario.AddEffect();
        effect.Takes = TimeSpan.FromMilliseconds(300);
        foreach (var faults in scenario.Aws.AllFaults.Append(effect.Faults))
        {
            faults.LatencyMax = TimeSpan.FromMilliseconds(50);
            (faults.AwayRate, faults.AnswerLostRate, faults.PartialRate) = (0.05, 0.05, 0.05);
        }

        (scenario.Aws.Queue.TwinRate, scenario.Aws.Queue.RedeliveryRate, scenario.Aws.Queue.Shuffles) = (
            0.05,
            0.1,
            true
        );
        var bodies = Samples.Calls(100, new Random(seed));
        foreach (var body in bodies.Concat(bodies.Take(20)))
        {
            scenario.Aws.Queue.Send(body);
        }

        var replicas = Enumerable
            .Range(0, 3)
            .Select(index => scenario.NewProcessor(clockSkew: TimeSpan.FromMilliseconds((index - 1) * 900)))
            .ToList();
        scenario.Run(async () =>
        {
            replicas.ForEach(replica => replica.Start());
            await Task.Delay(TimeSpan.FromMilliseconds(200 + (seed * 37)), scenario.Time, CancellationToken.None);
            replicas[0].Kill();
            await scenario.Aws.UntilEmptyAsync(TimeSpan.FromHours(6));
            await Task.WhenAll(replicas.Skip(1).Select(replica => replica.DrainAsync()));
        });

        Assert.Equal(bodies.Distinct().Count(), scenario.Aws.Table.Events.Count);
        Assert.Empty(scenario.Aws.DeadLetters.Letters);
        Assert.Empty(scenario.Aws.Queue.MovedByPolicy);
        Assert.Empty(scenario.Aws.Queue.Expired);
        Assert.All(effect.Truth.Values, happened => Assert.Equal(1, happened));
        Assert.Equal(
            bodies.Count(body => body.Contains("}.customer.end", StringComparison.Ordinal)),
            effect.Truth.Count
        );
        Assert.All(replicas.Skip(1), replica => Assert.Equal(0, replica.InFlight.Abandoned));
    }
}
