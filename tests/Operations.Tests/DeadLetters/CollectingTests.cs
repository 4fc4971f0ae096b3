using Amazon.SQS.Model;
using Events.DeadLetters;
using Operations.DeadLetters;
using Operations.Tests.Emulated;

namespace Operations.Tests.DeadLetters;

public sealed class CollectingTests(EmulatedAws aws)
{
    [Fact]
    public async Task A_dead_letter_is_stored_with_its_reason_and_then_leaves_the_queue()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await pipeline.BuryAsync(AnEvent.Of(1), "table-refused: 42", FailureClass.Permanent, cancellationToken);

        await operations.CollectAllAsync(cancellationToken);

        var letter = await operations.OnlyLetterAsync(cancellationToken);
        Assert.Equal(("permanent", "table-refused", 3), (letter.Class, letter.ReasonCode, letter.Attempts));
        Assert.Equal(AnEvent.Decode(AnEvent.Of(1)).EventKey, letter.EventKey);
        Assert.Equal(0, await pipeline.DeadLettersInQueueAsync(cancellationToken));
    }

    [Fact]
    public async Task Its_age_counts_from_when_it_was_first_sent()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var sentAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(3);
        await pipeline.BuryAsync(
            AnEvent.Of(1),
            new DeadLetterAttributes
            {
                Reason = "effect-timeout",
                Class = FailureClass.Transient,
                SentAt = sentAt,
            },
            cancellationToken
        );

        await operations.CollectAllAsync(cancellationToken);

        var letter = await operations.OnlyLetterAsync(cancellationToken);
        Assert.Equal(sentAt.ToUnixTimeMilliseconds(), letter.SentAt.ToUnixTimeMilliseconds());
        Assert.Equal(letter.SentAt + new DeadLetterOptions().Retention, letter.ExpiresAt);
    }

    [Fact]
    public async Task What_SQS_moved_itself_says_so()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await MoveBySqsAsync(pipeline, AnEvent.Of(1), cancellationToken);

        await operations.CollectAllAsync(cancellationToken);

        var group = Assert.Single(await operations.Desk.GroupsAsync(cancellationToken));
        Assert.Equal(("unknown", "moved-by-sqs", 1), (group.Class, group.Reason, group.Count));
    }

    [Fact]
    public async Task Looking_receives_nothing()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.CollectAllAsync(cancellationToken);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);

        for (var look = 0; look < 5; look++)
        {
            await operations.Desk.GroupsAsync(cancellationToken);
            await operations.Desk.FindAsync(new LetterSearch(), cancellationToken);
        }

        var message = Assert.Single(
            (
                await pipeline.Sqs.ReceiveMessageAsync(
                    new ReceiveMessageRequest(pipeline.DeadLettersUrl)
                    {
                        MessageSystemAttributeNames = ["ApproximateReceiveCount"],
                    },
                    cancellationToken
                )
            ).Messages!
        );
        Assert.Equal("1", message.Attributes!["ApproximateReceiveCount"]);
    }

    [Fact]
    public async Task Copies_of_one_message_are_one_letter()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        for (var copy = 0; copy < 3; copy++)
        {
            await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
        }

        await operations.CollectAllAsync(cancellationToken);

        var letter = await operations.OnlyLetterAsync(cancellationToken);
        Assert.Equal((3, 0), (letter.MessageIds.Length, letter.FailedAgain));
    }

    [Fact]
    public async Task A_letter_that_was_written_twice_because_its_Processor_died_before_the_delete_failed_once()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await BuryAsAsync(pipeline, "m1", cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var before = await operations.OnlyLetterAsync(cancellationToken);

        await BuryAsAsync(pipeline, "m1", cancellationToken);
        await operations.CollectAllAsync(cancellationToken);

        var after = await operations.OnlyLetterAsync(cancellationToken);
        Assert.Equal(["m1"], after.MessageIds);
        Assert.Equal((before.Version, "died"), (after.Version, Assert.Single(after.History).What));
        Assert.Equal(0, await pipeline.DeadLettersInQueueAsync(cancellationToken));
    }

    [Fact]
    public async Task The_second_writing_of_a_letter_that_was_redriven_meanwhile_is_no_failure()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await BuryAsAsync(pipeline, "m1", cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var id = (await operations.OnlyLetterAsync(cancellationToken)).Id;
        await operations.Redriver.RedriveAsync(id, "r1", cancellationToken);

        await BuryAsAsync(pipeline, "m1", cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var whileOut = (await operations.OnlyLetterAsync(cancellationToken)).State;
        await BuryAsAsync(pipeline, "m2", cancellationToken);
        await operations.CollectAllAsync(cancellationToken);

        var letter = await operations.OnlyLetterAsync(cancellationToken);
        Assert.Equal(LetterState.Redriven, whileOut);
        Assert.Equal((LetterState.Dead, 1), (letter.State, letter.FailedAgain));
    }

    [Fact]
    public async Task What_another_process_put_back_is_not_taken_for_known()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        using var another = new OperationsUnderTest(pipeline);
        await BuryAsAsync(pipeline, "m1", cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var id = (await operations.OnlyLetterAsync(cancellationToken)).Id;
        await another.Desk.ReturnAsync(id, "a test", cancellationToken);

        await operations.CollectAllAsync(cancellationToken);

        Assert.Equal(LetterState.Dead, (await operations.OnlyLetterAsync(cancellationToken)).State);
    }

    [Fact]
    public async Task Another_process_finds_what_this_one_stored()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var before = new OperationsUnderTest(pipeline);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
        await before.CollectAllAsync(cancellationToken);

        using var after = new OperationsUnderTest(pipeline);
        var letter = await after.OnlyLetterAsync(cancellationToken);

        Assert.Equal(
            AnEvent.Of(1),
            Assert.IsType<BodyRead.Found>(await after.Store.ReadBodyAsync(letter.Id, cancellationToken)).Body
        );
    }

    [Fact]
    public async Task Without_room_a_letter_that_is_known_is_taken_and_a_new_one_waits_in_the_queue()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline, ("DeadLetters:LettersMax", "100"));
        await BuryAsAsync(pipeline, "m1", cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var known = await operations.OnlyLetterAsync(cancellationToken);
        await operations.Redriver.RedriveAsync(known.Id, "r1", cancellationToken);
        Fill(operations.Index, known, LetterState.Dead, 99);

        await BuryAsAsync(pipeline, "m2", cancellationToken);
        await pipeline.BuryAsync(AnEvent.Of(2), "effect-timeout", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);

        Assert.Equal(1, operations.Index.Find(known.Id)!.FailedAgain);
        Assert.Equal(1, await pipeline.DeadLettersInQueueAsync(cancellationToken));
    }

    [Fact]
    public async Task Letters_that_were_decided_about_make_room_the_oldest_first()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline, ("DeadLetters:LettersMax", "100"));
        await BuryAsAsync(pipeline, "m1", cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var first = await operations.OnlyLetterAsync(cancellationToken);
        Fill(operations.Index, first, LetterState.Recovered, 99);

        await pipeline.BuryAsync(AnEvent.Of(2), "effect-timeout", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);

        Assert.Equal(2, operations.Index.Open.Count());
        Assert.Null(operations.Index.Find("full-1"));
        Assert.NotNull(operations.Index.Find("full-99"));
        Assert.False(operations.Index.IsFull);
    }

    private static void Fill(LetterIndex index, Letter like, LetterState state, int count)
    {
        foreach (var number in Enumerable.Range(1, count))
        {
            index.Apply(
                (like with { Id = $"full-{number}" }).Then(state, like.CollectedAt.AddSeconds(number), "filled", null)
            );
        }
    }

    private static Task BuryAsAsync(EmulatedPipeline pipeline, string messageId, CancellationToken cancellationToken) =>
        pipeline.BuryAsync(
            AnEvent.Of(1),
            new DeadLetterAttributes
            {
                Reason = "effect-timeout",
                Class = FailureClass.Transient,
                MessageId = messageId,
            },
            cancellationToken
        );

    private static async Task MoveBySqsAsync(
        EmulatedPipeline pipeline,
        string body,
        CancellationToken cancellationToken
    )
    {
        var arn = (
            await pipeline.Sqs.GetQueueAttributesAsync(pipeline.DeadLettersUrl, ["QueueArn"], cancellationToken)
        ).Attributes!["QueueArn"];
        await pipeline.Sqs.SetQueueAttributesAsync(
            pipeline.EventsUrl,
            new() { ["RedrivePolicy"] = $"{{\"deadLetterTargetArn\":\"{arn}\",\"maxReceiveCount\":1}}" },
            cancellationToken
        );
        await pipeline.Sqs.SendMessageAsync(pipeline.EventsUrl, body, cancellationToken);
        for (var receive = 0; receive < 2; receive++)
        {
            await pipeline.Sqs.ReceiveMessageAsync(
                new ReceiveMessageRequest(pipeline.EventsUrl) { VisibilityTimeout = 0 },
                cancellationToken
            );
        }
    }
}
