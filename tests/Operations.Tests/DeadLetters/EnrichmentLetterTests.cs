using Amazon.SQS.Model;
using Operations.Answering;
using Operations.DeadLetters;
using Operations.Previewing;
using Operations.Redriving;
using Operations.Tests.Emulated;

namespace Operations.Tests.DeadLetters;

/// <summary>Requests for a summary that SQS moved away from enrichment.</summary>
public sealed class EnrichmentLetterTests(EmulatedAws aws)
{
    private const string ConversationId = "bc877f8f-d2b6-5e0c-b16f-9e167586ddca";
    private const string Request = $$"""{ "conversationId":"{{ConversationId}}", "at":1773929198120 }""";

    [Fact]
    public async Task It_is_a_letter_in_a_group_of_its_own_with_its_conversation()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await BuryAsync(pipeline, Request, cancellationToken);
        await pipeline.BuryAsync(Request, attributes: null, cancellationToken);

        await operations.CollectAllAsync(cancellationToken);

        var groups = await operations.Desk.GroupsAsync(cancellationToken);
        Assert.Equal(
            ["enrichment-moved-by-sqs", "moved-by-sqs"],
            groups.Select(group => group.Reason).Order(StringComparer.Ordinal)
        );
        var letter = Assert.Single(await LettersAsync(operations, cancellationToken));
        Assert.Equal((LetterQueue.Enrichment, ConversationId), (letter.Queue, letter.ConversationId));
    }

    [Fact]
    public async Task It_goes_back_to_enrichment_byte_for_byte_and_is_recovered_when_its_summary_is_written()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await BuryAsync(pipeline, Request, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var ordered = Assert.IsType<Answer<RedriveView>.Done>(
            await operations.Redrives.OrderAsync(
                new() { Class = "unknown", Reason = LetterReading.EnrichmentMovedBySqs },
                "a test",
                cancellationToken
            )
        );

        var running = operations.Runner.RunAsync(ordered.Value.Redrive, cancellationToken);
        var sent = await SentAsync(pipeline, cancellationToken);
        await pipeline.SummariseAsync(ConversationId, "present", cancellationToken);
        await running.WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);

        Assert.Equal(Request, sent.Body);
        Assert.Empty(await pipeline.TakeEventsAsync(cancellationToken));
        Assert.Equal(LetterState.Recovered, Assert.Single(await LettersAsync(operations, cancellationToken)).State);
    }

    [Theory]
    [InlineData(true, LetterState.Recovered, "summarised before")]
    [InlineData(false, LetterState.Dead, "failed again")]
    public async Task One_that_enrichment_let_go_of_without_a_word_ends_with_words(
        bool isSummarised,
        object state,
        string what
    )
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline, ("Redriving:SummaryWithin", "00:00:00"));
        await BuryAsync(pipeline, Request, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        if (isSummarised)
        {
            await pipeline.SummariseAsync(ConversationId, "present", TimeSpan.FromHours(1), cancellationToken);
        }

        var ordered = Assert.IsType<Answer<RedriveView>.Done>(
            await operations.Redrives.OrderAsync(
                new() { Class = "unknown", Reason = LetterReading.EnrichmentMovedBySqs },
                "a test",
                cancellationToken
            )
        );
        await operations
            .Runner.RunAsync(ordered.Value.Redrive, cancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);

        var letter = Assert.Single(await LettersAsync(operations, cancellationToken));
        Assert.Equal((state, what), ((object)letter.State, letter.History[^1].What));
    }

    [Fact]
    public async Task Put_back_into_its_queue_it_is_a_dead_letter_of_enrichment_again()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await BuryAsync(pipeline, Request, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var letter = Assert.Single(await LettersAsync(operations, cancellationToken));

        await operations.Desk.ReturnAsync(letter.Id, "a test", cancellationToken);

        Assert.Equal(Request, Assert.Single(await pipeline.TakeEnrichmentDeadLettersAsync(cancellationToken)).Body);
    }

    [Fact]
    public async Task A_copy_is_edited_only_into_what_enrichment_understands()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await BuryAsync(pipeline, "{}", cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var letter = Assert.Single(await LettersAsync(operations, cancellationToken));

        var refused = await operations.Desk.ResendAsync(letter.Id, "[]", "mended", "a test", cancellationToken);
        var sent = await operations.Desk.ResendAsync(letter.Id, Request, "mended", "a test", cancellationToken);

        Assert.IsType<Answer<Letter>.Invalid>(refused);
        Assert.IsType<Answer<Letter>.Done>(sent);
        Assert.Equal(Request, Assert.Single(await pipeline.TakeEnrichmentAsync(cancellationToken)).Body);
    }

    [Theory]
    [InlineData("{}", false, null, typeof(Preview.WillFailAgain))]
    [InlineData(Request, false, null, typeof(Preview.WillFailAgain))]
    [InlineData(Request, true, null, typeof(Preview.WouldRun))]
    [InlineData(Request, true, "pending", typeof(Preview.WouldRun))]
    [InlineData(Request, true, "present", typeof(Preview.AlreadySummarised))]
    public async Task A_preview_says_what_enrichment_would_find(
        string body,
        bool isRecorded,
        string? details,
        Type expected
    )
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await BuryAsync(pipeline, body, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        if (isRecorded)
        {
            await pipeline.RecordAsync(
                $"conversation:{ConversationId}",
                "01773929198120#aaaaaaaaaaaaaaaa-1111111111111111",
                TimeProvider.System.GetUtcNow(),
                cancellationToken
            );
        }

        if (details is not null)
        {
            await pipeline.SummariseAsync(ConversationId, details, cancellationToken);
        }

        var letter = Assert.Single(await LettersAsync(operations, cancellationToken));
        Assert.IsType(expected, await operations.Previewer.PreviewAsync(letter, cancellationToken));
    }

    private static async Task BuryAsync(EmulatedPipeline pipeline, string body, CancellationToken cancellationToken) =>
        await pipeline.Sqs.SendMessageAsync(pipeline.EnrichmentDeadLettersUrl, body, cancellationToken);

    private static async Task<IEnumerable<Letter>> LettersAsync(
        OperationsUnderTest operations,
        CancellationToken cancellationToken
    ) =>
        (await operations.Desk.FindAsync(new LetterSearch(State: null), cancellationToken)).Letters.Where(letter =>
            letter.Queue == LetterQueue.Enrichment
        );

    private static async Task<Message> SentAsync(EmulatedPipeline pipeline, CancellationToken cancellationToken) =>
        Assert.Single(
            await Testing.Eventually.SeesAsync(
                pipeline.TakeEnrichmentAsync,
                messages => messages.Count > 0,
                TimeSpan.FromSeconds(20),
                cancellationToken
            )
        );
}
