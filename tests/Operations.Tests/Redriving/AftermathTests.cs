using Events.DeadLetters;
using Operations.Answering;
using Operations.DeadLetters;
using Operations.Redriving;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Redriving;

/// <summary>A redrive that is over knows what became of what it sent, also of what was decided later.</summary>
public sealed class AftermathTests(EmulatedAws aws)
{
    private const int Step = 10;
    private const int Failing = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_good_ones_of_a_step_that_was_stopped_are_recovered_when_they_are_recorded()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var (stopped, good) = await StopAsync(pipeline, operations, cancellationToken);

        foreach (var body in good)
        {
            var sent = AnEvent.Decode(body);
            await pipeline.RecordAsync(sent.Subject, sent.SortKey, sent.PublishedAt, cancellationToken);
        }

        await operations.Aftermath.WatchAsync(cancellationToken);

        var seen = await FindAsync(operations, stopped.Redrive, cancellationToken);
        Assert.Equal(
            (RedriveState.Stopped, Step, 0, Failing),
            (stopped.State, stopped.Sent, stopped.Recovered, stopped.FailedAgain)
        );
        Assert.Equal(
            (RedriveState.Stopped, Step, Step - Failing, Failing),
            (seen.State, seen.Sent, seen.Recovered, seen.FailedAgain)
        );
        Assert.Equal(Step - Failing, operations.Index.All.Count(letter => letter.State == LetterState.Recovered));
    }

    [Fact]
    public async Task One_that_fails_again_after_its_redrive_was_stopped_is_counted()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var (stopped, late) = await StopAsync(pipeline, operations, cancellationToken);

        await pipeline.BuryAsync(late[0], "effect-timeout", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        await operations.Aftermath.WatchAsync(cancellationToken);

        var seen = await FindAsync(operations, stopped.Redrive, cancellationToken);
        Assert.Equal((Step, Failing + 1), (seen.Sent, seen.FailedAgain));
    }

    /// <summary>Three of a step of ten come back, and of the others nothing is known.</summary>
    private static async Task<(RedriveView Stopped, List<string> Others)> StopAsync(
        EmulatedPipeline pipeline,
        OperationsUnderTest operations,
        CancellationToken cancellationToken
    )
    {
        for (var number = 1; number <= 2 * Step; number++)
        {
            await pipeline.BuryAsync(AnEvent.Of(number), "effect-timeout", FailureClass.Transient, cancellationToken);
        }

        await operations.CollectAllAsync(cancellationToken);
        var order = new RedriveOrder
        {
            Class = "transient",
            Reason = "effect-timeout",
            RatePerSecond = 100,
            Ramp = [Step],
        };
        var ordered = Assert.IsType<Answer<RedriveView>.Done>(
            await operations.Redrives.OrderAsync(order, "a test", cancellationToken)
        );
        var running = operations.Runner.RunAsync(ordered.Value.Redrive, cancellationToken);
        var sent = new List<string>();
        await Eventually.SeesAsync(
            async token =>
            {
                sent.AddRange((await pipeline.TakeEventsAsync(token)).Select(message => message.Body));
                return sent.Count;
            },
            count => count == Step,
            Patience,
            cancellationToken
        );
        foreach (var body in sent.Take(Failing))
        {
            await pipeline.BuryAsync(body, "effect-timeout", FailureClass.Transient, cancellationToken);
        }

        await operations.CollectAllAsync(cancellationToken);
        await running;
        return (await FindAsync(operations, ordered.Value.Redrive, cancellationToken), sent.Skip(Failing).ToList());
    }

    private static async Task<RedriveView> FindAsync(
        OperationsUnderTest operations,
        string id,
        CancellationToken cancellationToken
    ) => ((Answer<RedriveView>.Done)await operations.Redrives.FindAsync(id, cancellationToken)).Value;
}
