using Events.DeadLetters;
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

        var seen = await operations.FindRedriveAsync(stopped.Redrive, cancellationToken);
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

        var seen = await operations.FindRedriveAsync(stopped.Redrive, cancellationToken);
        Assert.Equal((Step, Failing + 1), (seen.Sent, seen.FailedAgain));
    }

    [Fact]
    public async Task Letters_that_expire_before_they_are_decided_are_gone_and_the_redrive_ends()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(4, cancellationToken);
        var id = await operations.OrderAsync(OperationsUnderTest.TheGroup with { Ramp = [4] }, cancellationToken);
        var running = operations.Runner.RunAsync(id, cancellationToken);
        await Eventually.SeesAsync(
            token => operations.RedriveStore.ReadAsync(id, token),
            redrive => redrive!.StepSentAt is not null,
            Patience,
            cancellationToken
        );

        var letters = operations.Index.All.ToList();
        await pipeline.RecordAsync(letters[0].Subject!, letters[0].SortKey!, letters[0].SentAt, cancellationToken);
        foreach (var letter in letters[1..])
        {
            await pipeline.ExpireAsync(letter.Id, cancellationToken);
        }

        await running;

        var ended = await operations.FindRedriveAsync(id, cancellationToken);
        Assert.Equal(
            (RedriveState.Done, 4, 1, 3, 0),
            (ended.State, ended.Sent, ended.Recovered, ended.Gone, ended.Pending)
        );
        Assert.Contains("but 3, whose time was over first", ended.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_counted_of_a_letter_stands_when_it_expires_and_the_undecided_are_gone()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var (stopped, _) = await StopAsync(pipeline, operations, cancellationToken);
        foreach (var letter in operations.Index.All.Where(letter => letter.Redrive is not null).ToList())
        {
            await pipeline.ExpireAsync(letter.Id, cancellationToken);
        }

        using var later = new OperationsUnderTest(pipeline);
        await later.Aftermath.WatchAsync(cancellationToken);

        var seen = await later.FindRedriveAsync(stopped.Redrive, cancellationToken);
        Assert.Equal((Step, Failing, Step - Failing), (seen.Sent, seen.FailedAgain, seen.Gone));
    }

    /// <summary>Three of a step of ten come back, and of the others nothing is known.</summary>
    private static async Task<(RedriveView Stopped, List<string> Others)> StopAsync(
        EmulatedPipeline pipeline,
        OperationsUnderTest operations,
        CancellationToken cancellationToken
    )
    {
        await operations.BuryAsync(2 * Step, cancellationToken);
        var id = await operations.OrderAsync(OperationsUnderTest.TheGroup with { Ramp = [Step] }, cancellationToken);
        var running = operations.Runner.RunAsync(id, cancellationToken);
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
        return (await operations.FindRedriveAsync(id, cancellationToken), sent.Skip(Failing).ToList());
    }
}
