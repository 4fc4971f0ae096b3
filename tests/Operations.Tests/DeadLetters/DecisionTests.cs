using Events.DeadLetters;
using Operations.Answering;
using Operations.DeadLetters;
using Operations.Tests.Emulated;

namespace Operations.Tests.DeadLetters;

public sealed class DecisionTests(EmulatedAws aws)
{
    private const string Who = "a test";

    [Fact]
    public async Task A_discard_needs_a_note_and_keeps_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var letter = await ALetterAsync(pipeline, operations, AnEvent.Of(1), cancellationToken);

        var refused = await operations.Desk.DiscardAsync(letter.Id, " ", Who, cancellationToken);
        var discarded = await operations.Desk.DiscardAsync(letter.Id, "a test call", Who, cancellationToken);

        Assert.IsType<Answer<Letter>.Invalid>(refused);
        Assert.Equal(LetterState.Discarded, Assert.IsType<Answer<Letter>.Done>(discarded).Value.State);
        Assert.Contains(
            await operations.Journal.ReadAsync(1, cancellationToken),
            entry => (entry.What, entry.Note) == ("discard", "a test call")
        );
    }

    [Fact]
    public async Task What_was_decided_cannot_be_decided_again()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var letter = await ALetterAsync(pipeline, operations, AnEvent.Of(1), cancellationToken);
        await operations.Desk.DiscardAsync(letter.Id, "a test call", Who, cancellationToken);

        Assert.IsType<Answer<Letter>.Conflict>(await operations.Desk.ReturnAsync(letter.Id, Who, cancellationToken));
    }

    [Fact]
    public async Task An_edited_copy_is_a_new_event_that_names_its_parent()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var letter = await ALetterAsync(pipeline, operations, AnEvent.Of(1), cancellationToken);

        await operations.Desk.ResendAsync(letter.Id, AnEvent.Of(1, "edited"), "mended", Who, cancellationToken);

        var sent = Assert.Single(await pipeline.TakeEventsAsync(cancellationToken));
        Assert.Equal(letter.EventKey, sent.MessageAttributes![DeadLetterAttributeNames.Parent].StringValue);
        Assert.NotEqual(letter.EventKey, AnEvent.Decode(sent.Body).EventKey);
        Assert.Equal(LetterState.Replaced, operations.Index.Find(letter.Id)!.State);
    }

    [Theory]
    [InlineData("{ broken")]
    [InlineData("{}")]
    public async Task An_edited_copy_that_is_no_event_is_not_sent(string edited)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var letter = await ALetterAsync(pipeline, operations, AnEvent.Poison(1), cancellationToken);

        var answer = await operations.Desk.ResendAsync(letter.Id, edited, "mended", Who, cancellationToken);

        Assert.IsType<Answer<Letter>.Invalid>(answer);
        Assert.Empty(await pipeline.TakeEventsAsync(cancellationToken));
    }

    [Fact]
    public async Task A_returned_letter_is_in_its_queue_again_with_all_it_said()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var letter = await ALetterAsync(pipeline, operations, AnEvent.Of(1), cancellationToken);

        await operations.Desk.ReturnAsync(letter.Id, Who, cancellationToken);

        var returned = Assert.Single(await pipeline.TakeDeadLettersAsync(cancellationToken));
        Assert.Equal(AnEvent.Of(1), returned.Body);
        Assert.Equal("effect-timeout", returned.MessageAttributes![DeadLetterAttributeNames.Reason].StringValue);
    }

    [Fact]
    public async Task A_look_behind_the_mask_is_written_down()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var letter = await ALetterAsync(
            pipeline,
            operations,
            AnEvent.Of(1, "Jane Doe, +15555550100"),
            cancellationToken
        );

        var masked = await operations.Desk.ShowAsync(letter.Id, reveal: false, Who, cancellationToken);
        var plain = await operations.Desk.ShowAsync(letter.Id, reveal: true, Who, cancellationToken);

        Assert.DoesNotContain("Jane", ((Answer<string>.Done)masked).Value, StringComparison.Ordinal);
        Assert.Contains("Jane", ((Answer<string>.Done)plain).Value, StringComparison.Ordinal);
        Assert.Contains(
            await operations.Journal.ReadAsync(1, cancellationToken),
            entry => (entry.What, entry.On) == ("reveal", $"letter {letter.Id}")
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_sent_of_a_letter_that_another_process_decided_about(bool isReturn)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        using var another = new OperationsUnderTest(pipeline);
        var letter = await ALetterAsync(pipeline, operations, AnEvent.Of(1), cancellationToken);
        await another.Desk.DiscardAsync(letter.Id, "a test call", Who, cancellationToken);

        var answer = isReturn
            ? await operations.Desk.ReturnAsync(letter.Id, Who, cancellationToken)
            : await operations.Desk.ResendAsync(letter.Id, AnEvent.Of(1, "edited"), "mended", Who, cancellationToken);

        Assert.IsType<Answer<Letter>.Conflict>(answer);
        Assert.Empty(await pipeline.TakeEventsAsync(cancellationToken));
        Assert.Empty(await pipeline.TakeDeadLettersAsync(cancellationToken));
    }

    [Fact]
    public async Task The_journal_says_what_was_asked_for_and_then_what_came_of_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        using var another = new OperationsUnderTest(pipeline);
        var letter = await ALetterAsync(pipeline, operations, AnEvent.Of(1), cancellationToken);
        await another.Desk.DiscardAsync(letter.Id, "a test call", "one", cancellationToken);
        await operations.Desk.DiscardAsync(letter.Id, "a test call", "two", cancellationToken);
        await operations.Desk.ShowAsync("0000", reveal: true, "three", cancellationToken);

        var journal = await operations.Journal.ReadAsync(1, cancellationToken);

        Assert.Equal(["asked for", "done"], ResultsOf("one"));
        Assert.Equal(["asked for", "conflict"], ResultsOf("two"));
        Assert.Equal(["asked for", "not found"], ResultsOf("three"));

        IEnumerable<string> ResultsOf(string who) =>
            journal.Where(entry => entry.Who == who).Select(entry => entry.Result.Split(':')[0]).Order();
    }

    [Fact]
    public async Task A_page_that_begins_before_the_first_letter_begins_with_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await ALetterAsync(pipeline, operations, AnEvent.Of(1), cancellationToken);

        Assert.Single((await operations.Desk.FindAsync(new LetterSearch(Start: -5), cancellationToken)).Letters);
    }

    [Fact]
    public async Task An_export_has_a_line_for_each_letter()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await ALetterAsync(pipeline, operations, AnEvent.Of(1, "two\nlines"), cancellationToken);

        var lines = new List<string>();
        await foreach (var line in operations.Desk.ExportAsync(new LetterSearch(), Who, cancellationToken))
        {
            lines.Add(line);
        }

        var exported = System.Text.Json.JsonDocument.Parse(Assert.Single(lines)).RootElement;
        Assert.Equal(AnEvent.Of(1, "two\nlines"), exported.GetProperty("body").GetString());
    }

    private static async Task<Letter> ALetterAsync(
        EmulatedPipeline pipeline,
        OperationsUnderTest operations,
        string body,
        CancellationToken cancellationToken
    )
    {
        await pipeline.BuryAsync(body, "effect-timeout", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        return await operations.OnlyLetterAsync(cancellationToken);
    }
}
