using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Processing;

public sealed class EventLoopTests
{
    [Fact]
    public void A_part_that_fails_drains_the_others_and_the_host_hears_of_it()
    {
        using var scenario = new Scenario();
        scenario.Aws.Queue.Faults.Next("ReceiveAsync", [.. Enumerable.Repeat(Fault.None, 30), Fault.Away]);
        for (var index = 0; index < 100; index++)
        {
            scenario.Aws.Queue.Send(Builders.AnEvent().InConversation($"conversation-{index}").Build());
        }

        // The first pause of a poller asks for chance, and that is where this process has its bug.
        using var processor = new ProcessorUnderTest(
            scenario.Aws.ConnectedBy(new Lifeline(), scenario.Time),
            scenario.Time,
            new BrokenRandom(),
            new ProcessorSettings { Logs = scenario.Logs, Announcing = scenario.Announcing }
        );
        var failure = Assert.Throws<NotSupportedException>(() =>
            scenario.Run(async () =>
            {
                processor.Start();
                await processor.Running;
            })
        );

        Assert.Equal("broken", failure.Message);
        Assert.Equal(100, scenario.Aws.Table.Events.Count);
        Assert.Empty(scenario.Aws.Queue.Messages);
        Assert.Equal((100, 0), ((int)processor.InFlight.Done, (int)processor.InFlight.Abandoned));
        Assert.Single(scenario.Logs.Lines, line => line.EventId.Id == 202);
    }

    private sealed class BrokenRandom() : Random(1)
    {
        public override double NextDouble() => throw new NotSupportedException("broken");
    }
}
