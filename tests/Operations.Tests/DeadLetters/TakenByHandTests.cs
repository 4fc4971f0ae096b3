using Operations.Answering;
using Operations.DeadLetters;
using Operations.Redriving;
using Operations.Tests.Emulated;

namespace Operations.Tests.DeadLetters;

/// <summary>A letter that a person is just sending, and one whose sender has died in between.</summary>
public sealed class TakenByHandTests(EmulatedAws aws)
{
    [Fact]
    public async Task What_a_person_has_in_hand_no_redrive_takes()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var letter = await operations.BuryOneAsync(cancellationToken);
        var ordered = await OrderAsync(operations, letter, cancellationToken);

        await TakeAsync(operations, letter, TimeSpan.Zero, cancellationToken);
        await operations.Taking.GiveBackLeftAsync(cancellationToken);
        await operations.Runner.RunAsync(ordered.Redrive, cancellationToken);
        var late = await OrderAsync(operations, letter, cancellationToken);

        var ended = Assert.IsType<Answer<RedriveView>.Done>(
            await operations.Redrives.FindAsync(ordered.Redrive, cancellationToken)
        );
        Assert.Equal(
            (RedriveState.Done, 1, 0, 0),
            (ended.Value.State, ended.Value.Skipped, ended.Value.Sent, late.Taken)
        );
        Assert.Empty(await pipeline.TakeEventsAsync(cancellationToken));
        Assert.True(operations.Index.Find(letter.Id)!.IsTakenByHand);
    }

    [Fact]
    public async Task What_a_person_left_in_hand_is_given_back_and_can_be_redriven()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var letter = await operations.BuryOneAsync(cancellationToken);
        await TakeAsync(operations, letter, TimeSpan.FromMinutes(6), cancellationToken);
        var before = (await operations.Desk.GroupsAsync(cancellationToken)).Count;

        await operations.Taking.GiveBackLeftAsync(cancellationToken);
        var ordered = await OrderAsync(operations, letter, cancellationToken);

        var group = Assert.Single(await operations.Desk.GroupsAsync(cancellationToken));
        Assert.Equal((0, 1, 1), (before, group.Count, ordered.Taken));
        var step = operations.Index.Find(letter.Id)!.History[^1];
        Assert.Equal(("let go", "somebody", "perhaps sent"), (step.What, step.By, step.Detail));
        Assert.Equal(LetterState.Dead, (await operations.Store.ReadAsync(letter.Id, cancellationToken))!.State);
    }

    [Fact]
    public async Task A_copy_that_went_out_is_told_where_its_letter_was_changed_meanwhile()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var tables = new FaultyDynamoDb(pipeline);
        using var operations = new OperationsUnderTest(pipeline, tables);
        using var another = new OperationsUnderTest(pipeline);
        var letter = await operations.BuryOneAsync(cancellationToken);
        tables.Meanwhile = async request =>
        {
            if (
                request.Item.GetValueOrDefault("state")?.S == nameof(LetterState.Replaced)
                && await another.Store.ReadAsync(letter.Id, cancellationToken) is { } taken
            )
            {
                await another.Store.WriteAsync(
                    taken.Then(LetterState.Dead, TimeProvider.System.GetUtcNow(), "let go", null),
                    cancellationToken
                );
            }
        };

        var answer = await operations.Desk.ResendAsync(
            letter.Id,
            AnEvent.Of(1, "mended"),
            "the id was missing",
            "a test",
            cancellationToken
        );

        Assert.Contains("was sent", Assert.IsType<Answer<Letter>.Conflict>(answer).Why, StringComparison.Ordinal);
        var stored = (await operations.Store.ReadAsync(letter.Id, cancellationToken))!;
        Assert.Equal((LetterState.Dead, "an edited copy was sent"), (stored.State, stored.History[^1].What));
        Assert.Single(await pipeline.TakeEventsAsync(cancellationToken));
    }

    /// <summary>As a desk does before it sends.</summary>
    private static async Task TakeAsync(
        OperationsUnderTest operations,
        Letter letter,
        TimeSpan ago,
        CancellationToken cancellationToken
    )
    {
        var taken = letter.Then(LetterState.Redriving, TimeProvider.System.GetUtcNow() - ago, "taken", "somebody");
        Assert.Equal(LetterWrite.Written, await operations.Store.WriteAsync(taken, cancellationToken));
        operations.Index.Apply(taken);
    }

    private static async Task<RedriveView> OrderAsync(
        OperationsUnderTest operations,
        Letter letter,
        CancellationToken cancellationToken
    ) =>
        Assert
            .IsType<Answer<RedriveView>.Done>(
                await operations.Redrives.OrderAsync(new() { Letters = [letter.Id] }, "a test", cancellationToken)
            )
            .Value;
}
