using Operations.Answering;
using Operations.DeadLetters;
using Operations.Redriving;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Redriving;

/// <summary>A process that goes on with a redrive knows of its letters what the table says, or nothing; never what it read minutes ago.</summary>
public sealed class TakeoverTests(EmulatedAws aws)
{
    private const int Letters = 12;
    private const int FirstStep = 4;
    private static readonly (string, string) ShortLease = ("Redriving:Lease", "00:00:02");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_process_that_was_up_before_the_letters_came_makes_no_step_without_a_verdict()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var warm = new OperationsUnderTest(pipeline, ShortLease, ("Redriving:StepTimeout", "00:00:05"));
        await warm.Index.RefreshAsync(cancellationToken);
        using var first = new OperationsUnderTest(pipeline, ShortLease);
        var id = await DieInFirstStepAsync(pipeline, first, cancellationToken);

        var redrive = await RunAsync(warm, id, cancellationToken);

        Assert.Equal((RedriveState.Paused, FirstStep, 0), (redrive.State, redrive.Sent, redrive.Skipped));
        Assert.Empty(await pipeline.TakeEventsAsync(cancellationToken));
    }

    [Fact]
    public async Task No_step_is_made_while_the_table_of_letters_cannot_be_read()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var first = new OperationsUnderTest(pipeline, ShortLease);
        var id = await DieInFirstStepAsync(pipeline, first, cancellationToken);
        using var tables = new FaultyDynamoDb(pipeline) { Throttled = pipeline.Names.DeadLettersTable };
        using var second = new OperationsUnderTest(pipeline, tables, ShortLease);

        var running = RunAsync(second, id, cancellationToken);
        await Eventually.SeesAsync(
            _ => Task.FromResult(tables.Left),
            left => left > 8 || running.IsCompleted,
            Patience,
            cancellationToken
        );
        var meanwhile = await pipeline.TakeEventsAsync(cancellationToken);
        tables.Throttled = null;
        using var done = new CancellationTokenSource();
        await RecordSentAsync(pipeline, cancellationToken);
        var consuming = new StandInConsumer(pipeline, _ => false).ConsumeUntilAsync(done.Token);
        var redrive = await running;
        await done.CancelAsync();
        await consuming;

        Assert.Empty(meanwhile);
        Assert.Equal(
            (RedriveState.Done, Letters, Letters, 0),
            (redrive.State, redrive.Sent, redrive.Recovered, redrive.Skipped)
        );
    }

    [Fact]
    public async Task A_canary_that_somebody_else_discarded_is_followed_by_another_one_and_not_by_a_larger_step()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline, ("Redriving:StepTimeout", "00:00:05"));
        await operations.BuryAsync(Letters, cancellationToken);
        var oldest = (await operations.Desk.AllAsync(new LetterSearch(), cancellationToken))[0];
        var id = await operations.OrderAsync(
            OperationsUnderTest.TheGroup with
            {
                Ramp = [1, FirstStep],
            },
            cancellationToken
        );
        using var another = new OperationsUnderTest(pipeline);
        Assert.IsType<Answer<Letter>.Done>(
            await another.Desk.DiscardAsync(oldest.Id, "a test call", "somebody else", cancellationToken)
        );

        var redrive = await RunAsync(operations, id, cancellationToken);

        Assert.Equal((RedriveState.Paused, 1, 1), (redrive.State, redrive.Sent, redrive.Skipped));
        Assert.Single(await pipeline.TakeEventsAsync(cancellationToken));
    }

    /// <summary>Its first step is sent, and nobody knows yet what becomes of it.</summary>
    private static async Task<string> DieInFirstStepAsync(
        EmulatedPipeline pipeline,
        OperationsUnderTest operations,
        CancellationToken cancellationToken
    )
    {
        await operations.BuryAsync(Letters, cancellationToken);
        var id = await operations.OrderAsync(
            OperationsUnderTest.TheGroup with
            {
                Ramp = [FirstStep],
            },
            cancellationToken
        );
        using var death = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var dying = operations.Runner.RunAsync(id, death.Token);
        await Eventually.SeesAsync(
            token => operations.RedriveStore.ReadAsync(id, token),
            redrive => redrive!.StepSentAt is not null,
            Patience,
            cancellationToken
        );
        await death.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);
        Assert.Equal(FirstStep, (await pipeline.TakeEventsAsync(cancellationToken)).Count);
        return id;
    }

    private static async Task RecordSentAsync(EmulatedPipeline pipeline, CancellationToken cancellationToken)
    {
        using var reader = new OperationsUnderTest(pipeline);
        await reader.Index.RefreshAsync(cancellationToken);
        foreach (var letter in reader.Index.All.Where(letter => letter.State == LetterState.Redriven).ToList())
        {
            await pipeline.RecordAsync(letter.Subject!, letter.SortKey!, letter.SentAt, cancellationToken);
        }
    }

    /// <summary>Until it is no longer running; as long as its dead owner's lease lasts there is nothing to do.</summary>
    private static async Task<RedriveView> RunAsync(
        OperationsUnderTest operations,
        string id,
        CancellationToken cancellationToken
    )
    {
        var seen = await Eventually.SeesAsync(
            async token =>
            {
                await operations.Runner.RunAsync(id, token);
                return (Answer<RedriveView>.Done)await operations.Redrives.FindAsync(id, token);
            },
            answer => answer.Value.State != RedriveState.Running,
            Patience,
            cancellationToken
        );
        return seen.Value;
    }
}
