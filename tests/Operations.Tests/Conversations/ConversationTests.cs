using System.Globalization;
using Events.DeadLetters;
using Operations.Answering;
using Operations.Conversations;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Conversations;

public sealed class ConversationTests(EmulatedAws aws)
{
    private static readonly string Body = AnEvent.Of(1);

    [Fact]
    public async Task Duplicates_that_a_Processor_counted_stand_in_the_timeline()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline, ("Conversations:DuplicatesCounted", "true"));
        for (var delivery = 0; delivery < 3; delivery++)
        {
            await pipeline.Sqs.SendMessageAsync(pipeline.EventsUrl, Body, cancellationToken);
        }

        await using var processor = ProcessorProcess.Start(pipeline, ("Recording__CountDuplicates", "true"));
        var timeline = await Eventually.SeesAsync(
            token => FindAsync(operations, token),
            seen => seen?.Duplicates == 2,
            TimeSpan.FromSeconds(40),
            cancellationToken
        );

        Assert.Equal((1, true), (timeline!.Events.Count, timeline.DuplicatesCounted));
    }

    [Fact]
    public async Task Where_nobody_counts_duplicates_it_says_so()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var known = AnEvent.Decode(Body);
        await pipeline.RecordAsync(known.Subject, known.SortKey, known.PublishedAt, cancellationToken);

        var timeline = await FindAsync(operations, cancellationToken);

        Assert.Equal((0, false), (timeline!.Duplicates, timeline.DuplicatesCounted));
    }

    [Fact]
    public async Task The_call_that_a_summary_was_written_after_is_told_with_how_many_it_asked_for()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await pipeline.SummariseAsync(AnEvent.Decode(Body).ConversationId!, "present", cancellationToken);

        var timeline = await FindAsync(operations, cancellationToken);

        Assert.Equal((17, "answered"), (timeline!.Call!.Conversations, timeline.Call.Answer));
    }

    [Fact]
    public async Task A_timeline_tells_no_personal_data_whoever_asks_for_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await pipeline.SummariseAsync(
            AnEvent.Decode(Body).ConversationId!,
            "present",
            cancellationToken,
            """{"caller":"Jane Doe"}"""
        );
        await pipeline.BuryAsync(Body, "effect-timeout", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);

        var timeline = await FindAsync(operations, cancellationToken);

        Assert.DoesNotContain("Jane", timeline!.Summary!, StringComparison.Ordinal);
        Assert.Empty(Assert.Single(timeline.Letters).Attributes);
    }

    [Fact]
    public async Task Attempts_are_counted_over_all_redrives_of_an_event()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var known = AnEvent.Decode(Body);
        await pipeline.RecordAsync(known.Subject, known.SortKey, known.PublishedAt, cancellationToken);
        await pipeline.CountAttemptsAsync(known.EventKey, 8, cancellationToken);
        await pipeline.BuryAsync(Body, "effect-timeout", FailureClass.Transient, cancellationToken);

        foreach (var attempts in new[] { 4, 2 })
        {
            await operations.CollectAllAsync(cancellationToken);
            var letter = await operations.OnlyLetterAsync(cancellationToken);
            await operations.Redriver.RedriveAsync(letter.Id, $"redrive-{attempts}", cancellationToken);
            // As a Processor counts what it was sent, and gives it up.
            var sent = Assert.Single(await pipeline.TakeEventsAsync(cancellationToken));
            await pipeline.CountAttemptsAsync(
                DeadLetterAttributes.AttemptsKeyOf(
                    known.EventKey,
                    sent.MessageAttributes![DeadLetterAttributeNames.MessageId].StringValue,
                    DateTimeOffset.Parse(
                        sent.MessageAttributes[DeadLetterAttributeNames.LastFailedAt].StringValue!,
                        CultureInfo.InvariantCulture
                    )
                ),
                attempts,
                cancellationToken
            );
            await pipeline.BuryAsync(Body, "effect-timeout", FailureClass.Transient, cancellationToken);
        }

        var timeline = await FindAsync(operations, cancellationToken);

        Assert.Equal(14, Assert.Single(timeline!.Events).Attempts);
    }

    [Fact]
    public async Task The_latest_are_those_that_were_summarised_last()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        foreach (var hours in new[] { 3, 1, 2 })
        {
            await pipeline.SummariseAsync(
                $"{hours} hours ago",
                "present",
                TimeSpan.FromHours(hours),
                cancellationToken
            );
        }

        var latest = await operations.Conversations.LatestAsync(2, cancellationToken);

        Assert.Equal(["1 hours ago", "2 hours ago"], latest.Conversations.Select(line => line.ConversationId));
        Assert.Equal((3, false), (latest.Seen, latest.IsCut));
    }

    [Fact]
    public async Task The_latest_is_found_though_a_page_of_the_table_ends_before_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        // A page of a scan ends after a megabyte.
        var large = new string('x', 300_000);
        const int count = 6;
        for (var number = 0; number < count; number++)
        {
            await pipeline.SummariseAsync(
                $"conversation-{number}",
                "present",
                TimeSpan.FromHours(number),
                cancellationToken,
                large
            );
        }

        var latest = await operations.Conversations.LatestAsync(count, cancellationToken);

        Assert.Equal(
            Enumerable.Range(0, count).Select(number => $"conversation-{number}"),
            latest.Conversations.Select(line => line.ConversationId)
        );
        Assert.False(latest.IsCut);
    }

    [Fact]
    public async Task A_table_that_was_not_seen_whole_is_not_told_to_be()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline, ("Conversations:BrowsedMax", "100"));
        await Task.WhenAll(
            Enumerable
                .Range(0, 101)
                .Select(number => pipeline.SummariseAsync($"conversation-{number}", "present", cancellationToken))
        );

        var latest = await operations.Conversations.LatestAsync(7, cancellationToken);

        Assert.Equal((7, 100, true), (latest.Conversations.Count, latest.Seen, latest.IsCut));
    }

    private static async Task<Timeline?> FindAsync(
        OperationsUnderTest operations,
        CancellationToken cancellationToken
    ) =>
        await operations.Conversations.FindAsync(AnEvent.Decode(Body).ConversationId!, cancellationToken)
            is Answer<Timeline>.Done done
            ? done.Value
            : null;
}
