using Operations.DeadLetters;
using Operations.Redriving;
using Operations.Tests.Emulated;

namespace Operations.Tests.Redriving;

/// <summary>No letter stays with a redrive that will not come to an end with it.</summary>
public sealed class LetGoTests(EmulatedAws aws)
{
    [Fact]
    public async Task What_was_sent_while_the_table_was_silent_is_written_down_later_and_not_sent_again()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        var isSilent = true;
        using var tables = RefusingLetters(pipeline, LetterState.Redriven, () => isSilent);
        using var operations = new OperationsUnderTest(pipeline, tables);
        var letter = await operations.BuryOneAsync(cancellationToken);

        var silent = await operations.Redriver.RedriveAsync(letter.Id, "r1", cancellationToken);
        isSilent = false;
        var told = await operations.Redriver.RedriveAsync(letter.Id, "r1", cancellationToken);

        Assert.Equal((LetterSent.Unavailable, LetterSent.Sent), (silent, told));
        Assert.Single(await pipeline.TakeEventsAsync(cancellationToken));
        Assert.Equal(LetterState.Redriven, await StateAsync(operations, letter, cancellationToken));
    }

    [Fact]
    public async Task A_cancelled_redrive_stays_under_way_until_its_letters_are_let_go_in_the_table()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        var isSilent = true;
        using var tables = RefusingLetters(pipeline, LetterState.Dead, () => isSilent);
        using var operations = new OperationsUnderTest(pipeline, tables);
        using var before = new OperationsUnderTest(pipeline);
        var letter = await before.BuryOneAsync(cancellationToken);
        var id = await CancelledAsync(before, letter, cancellationToken);
        await TakeAsync(before, letter, id, TimeSpan.Zero, cancellationToken);
        await pipeline.ListUnderWayAsync(id, DateTimeOffset.UnixEpoch, cancellationToken);

        await operations.Runner.RunAsync(id, cancellationToken);
        var whileSilent = await operations.RedriveStore.UnderWayAsync(cancellationToken);
        isSilent = false;
        await operations.Runner.RunAsync(id, cancellationToken);

        Assert.Equal([id], whileSilent);
        Assert.Empty(await operations.RedriveStore.UnderWayAsync(cancellationToken));
        Assert.Equal(LetterState.Dead, await StateAsync(operations, letter, cancellationToken));
    }

    [Theory]
    [InlineData(6, LetterState.Dead)]
    [InlineData(1, LetterState.Redriving)]
    internal async Task A_letter_whose_redrive_is_forgotten_is_given_back(int minutesAgo, LetterState after)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var letter = await operations.BuryOneAsync(cancellationToken);
        await TakeAsync(operations, letter, "forgotten", TimeSpan.FromMinutes(minutesAgo), cancellationToken);

        await operations.Aftermath.GiveBackAsync(cancellationToken);

        Assert.Equal(after, await StateAsync(operations, letter, cancellationToken));
    }

    private static FaultyDynamoDb RefusingLetters(EmulatedPipeline pipeline, LetterState state, Func<bool> isSilent) =>
        new(pipeline)
        {
            BeforePut = request =>
            {
                if (isSilent() && request.Item.GetValueOrDefault("state")?.S == state.ToString())
                {
                    throw FaultyDynamoDb.NoCapacity();
                }
            },
        };

    private static async Task<string> CancelledAsync(
        OperationsUnderTest operations,
        Letter letter,
        CancellationToken cancellationToken
    )
    {
        var id = await operations.OrderAsync(new() { Letters = [letter.Id] }, cancellationToken);
        await operations.Redrives.CancelAsync(id, "a test", cancellationToken);
        return id;
    }

    private static async Task TakeAsync(
        OperationsUnderTest operations,
        Letter letter,
        string redrive,
        TimeSpan ago,
        CancellationToken cancellationToken
    )
    {
        var taken = letter.Then(LetterState.Redriving, TimeProvider.System.GetUtcNow() - ago, "taken", redrive) with
        {
            Redrive = redrive,
        };
        Assert.Equal(LetterWrite.Written, await operations.Store.WriteAsync(taken, cancellationToken));
        operations.Index.Apply(taken);
    }

    private static async Task<LetterState> StateAsync(
        OperationsUnderTest operations,
        Letter letter,
        CancellationToken cancellationToken
    ) => (await operations.Store.ReadAsync(letter.Id, cancellationToken))!.State;
}
