using Events.DeadLetters;
using Operations.Answering;
using Operations.DeadLetters;
using Operations.Redriving;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Redriving;

public sealed class RedriveTests(EmulatedAws aws)
{
    private const string Who = "a test";

    [Fact]
    public async Task A_letter_goes_back_byte_for_byte_and_without_what_its_failure_said()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var body = AnEvent.Of(
            1,
            "</pre><script>alert('x')</script> \u202Egpj \u0000".Replace("\u0000", "", StringComparison.Ordinal)
        );
        await pipeline.BuryAsync(body, "effect-timeout: late", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var letter = await operations.OnlyLetterAsync(cancellationToken);

        await operations.Redriver.RedriveAsync(letter.Id, "r1", cancellationToken);

        var sent = Assert.Single(await pipeline.TakeEventsAsync(cancellationToken));
        Assert.Equal(body, sent.Body);
        Assert.DoesNotContain(DeadLetterAttributeNames.Reason, sent.MessageAttributes!.Keys);
        Assert.Equal(LetterState.Redriven, operations.Index.Find(letter.Id)!.State);
    }

    [Fact]
    public async Task A_letter_says_which_failure_it_comes_back_from_so_that_its_attempts_start_anew()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var letter = await operations.BuryOneAsync(cancellationToken);

        await operations.Redriver.RedriveAsync(letter.Id, "r1", cancellationToken);

        var sent = Assert.Single(await pipeline.TakeEventsAsync(cancellationToken)).MessageAttributes!;
        Assert.Equal(letter.MessageIds[0], sent[DeadLetterAttributeNames.MessageId].StringValue);
        Assert.Equal(
            letter.LastFailedAt,
            DeadLetterAttributes.From(sent.ToDictionary(pair => pair.Key, pair => pair.Value.StringValue!)).LastFailedAt
        );
    }

    [Fact]
    public async Task A_group_that_is_mended_comes_back_whole()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(20, cancellationToken);

        var redrive = await OrderAndRunAsync(
            pipeline,
            operations,
            OperationsUnderTest.TheGroup,
            _ => false,
            cancellationToken
        );

        Assert.Equal(
            (RedriveState.Done, 20, 20, 0, 0),
            (redrive.State, redrive.Sent, redrive.Recovered, redrive.FailedAgain, redrive.Pending)
        );
        Assert.Empty(await operations.Desk.GroupsAsync(cancellationToken));
    }

    [Fact]
    public async Task A_group_that_is_not_mended_costs_a_canary()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(20, cancellationToken);

        var redrive = await OrderAndRunAsync(
            pipeline,
            operations,
            OperationsUnderTest.TheGroup,
            _ => true,
            cancellationToken
        );

        Assert.Equal((RedriveState.Stopped, 1, 1), (redrive.State, redrive.Sent, redrive.FailedAgain));
        Assert.Equal(20, Assert.Single(await operations.Desk.GroupsAsync(cancellationToken)).Count);
    }

    [Fact]
    public async Task What_has_just_failed_again_is_not_taken_once_more_with_its_group()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(3, cancellationToken);
        await OrderAndRunAsync(pipeline, operations, OperationsUnderTest.TheGroup, _ => true, cancellationToken);

        var plan = Assert.IsType<Answer<RedriveView>.Done>(
            await operations.Redrives.OrderAsync(
                OperationsUnderTest.TheGroup with
                {
                    DryRun = true,
                },
                Who,
                cancellationToken
            )
        );

        Assert.Equal((2, true), (plan.Value.Taken, plan.Value.DryRun));
    }

    [Fact]
    public async Task Asking_twice_under_one_name_redrives_once()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(5, cancellationToken);
        var order = OperationsUnderTest.TheGroup with { Request = "execution-0-0", Count = 2 };

        var first = Assert.IsType<Answer<RedriveView>.Done>(
            await operations.Redrives.OrderAsync(order, Who, cancellationToken)
        );
        var second = Assert.IsType<Answer<RedriveView>.Done>(
            await operations.Redrives.OrderAsync(order, Who, cancellationToken)
        );

        Assert.Equal((first.Value.Redrive, 2), (second.Value.Redrive, second.Value.Taken));
        Assert.Equal([2], second.Value.Ramp);
        Assert.Single(await operations.Redrives.ListAsync(cancellationToken));
    }

    [Fact]
    public async Task A_redrive_that_is_paused_sends_nothing_until_it_is_resumed()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(6, cancellationToken);
        var id = await operations.OrderAsync(OperationsUnderTest.TheGroup, cancellationToken);

        await operations.Redrives.PauseAsync(id, Who, cancellationToken);
        await operations.Runner.RunAsync(id, cancellationToken);
        var whilePaused = await pipeline.TakeEventsAsync(cancellationToken);
        await operations.Redrives.ResumeAsync(id, Who, cancellationToken);
        var redrive = await RunAsync(pipeline, operations, id, _ => false, cancellationToken);

        Assert.Empty(whilePaused);
        Assert.Equal((RedriveState.Done, 6), (redrive.State, redrive.Recovered));
    }

    [Fact]
    public async Task What_was_sent_before_a_pause_is_judged_after_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(12, cancellationToken);
        var id = await operations.OrderAsync(OperationsUnderTest.TheGroup with { Ramp = [4, 8] }, cancellationToken);
        await PauseAfterAsync(operations, id, sent: 4, cancellationToken);
        await operations.Redrives.ResumeAsync(id, Who, cancellationToken);
        var redrive = await RunAsync(pipeline, operations, id, _ => true, cancellationToken);

        Assert.Equal((RedriveState.Stopped, 4, 4), (redrive.State, redrive.Sent, redrive.FailedAgain));
    }

    [Fact]
    public async Task One_whose_last_step_could_not_be_decided_does_not_say_after_its_resume_that_all_is()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(2, cancellationToken);
        var id = await operations.OrderAsync(OperationsUnderTest.TheGroup with { Ramp = [2] }, cancellationToken);
        await PauseAfterAsync(operations, id, sent: 2, cancellationToken);
        var paused = (await operations.RedriveStore.ReadAsync(id, cancellationToken))!;
        await operations.RedriveStore.WriteAsync(
            paused with
            {
                GaveUp = true,
                Version = paused.Version + 1,
            },
            cancellationToken
        );

        await operations.Redrives.ResumeAsync(id, Who, cancellationToken);
        await operations.Runner.RunAsync(id, cancellationToken);

        var redrive = await operations.FindRedriveAsync(id, cancellationToken);
        Assert.Equal(
            (RedriveState.Done, 2, "All its letters are sent; what became of 2 is not known yet."),
            (redrive.State, redrive.Sent, redrive.Why)
        );
    }

    [Fact]
    public async Task A_redrive_that_is_cancelled_leaves_the_rest_where_it_is()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(6, cancellationToken);
        var id = await operations.OrderAsync(OperationsUnderTest.TheGroup, cancellationToken);

        await operations.Redrives.CancelAsync(id, Who, cancellationToken);
        await operations.Runner.RunAsync(id, cancellationToken);

        Assert.Equal(6, Assert.Single(await operations.Desk.GroupsAsync(cancellationToken)).Count);
        Assert.Contains(
            await operations.Journal.ReadAsync(1, cancellationToken),
            entry => (entry.Who, entry.What, entry.On) == (Who, "cancel", $"redrive {id}")
        );
    }

    [Fact]
    public async Task A_redrive_goes_on_after_the_process_that_worked_on_it_has_died()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var first = new OperationsUnderTest(pipeline, ("Redriving:Lease", "00:00:02"));
        await first.BuryAsync(12, cancellationToken);
        var id = await first.OrderAsync(OperationsUnderTest.TheGroup with { Ramp = [4] }, cancellationToken);
        using var death = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var dying = first.Runner.RunAsync(id, death.Token);
        await Eventually.SeesAsync(
            token => pipeline.TakeEventsAsync(token),
            messages => messages.Count > 0,
            TimeSpan.FromSeconds(20),
            cancellationToken
        );
        await death.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);

        using var second = new OperationsUnderTest(pipeline, ("Redriving:Lease", "00:00:02"));
        var letters = await second.Desk.FindAsync(new LetterSearch(State: null), cancellationToken);
        foreach (var sent in letters.Letters.Where(letter => letter.State != LetterState.Dead))
        {
            await pipeline.RecordAsync(sent.Subject!, sent.SortKey!, sent.SentAt, cancellationToken);
        }

        var redrive = await RunAsync(pipeline, second, id, _ => false, cancellationToken);

        Assert.Equal((RedriveState.Done, 12), (redrive.State, redrive.Recovered));
    }

    [Fact]
    public async Task Two_redrives_of_one_letter_send_it_once()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        using var another = new OperationsUnderTest(pipeline);
        var letter = await operations.BuryOneAsync(cancellationToken);
        await another.Index.RefreshAsync(cancellationToken);

        var sent = await operations.Redriver.RedriveAsync(letter.Id, "r1", cancellationToken);
        var skipped = await another.Redriver.RedriveAsync(letter.Id, "r2", cancellationToken);

        Assert.Equal((LetterSent.Sent, LetterSent.Skipped), (sent, skipped));
        Assert.Single(await pipeline.TakeEventsAsync(cancellationToken));
    }

    [Fact]
    public async Task Of_two_that_ask_at_once_for_one_redrive_the_loser_leaves_the_letters_of_the_winner_alone()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(1, cancellationToken);
        var id = await operations.OrderAsync(OperationsUnderTest.TheGroup, cancellationToken);
        var ordered = (await operations.RedriveStore.ReadAsync(id, cancellationToken))!;
        Redrive[] asked =
        [
            ordered with
            {
                Id = "at-once",
                List = "first",
            },
            ordered with
            {
                Id = "at-once",
                List = "second",
            },
        ];

        var created = await Task.WhenAll(
            asked.Select(redrive => operations.RedriveStore.CreateAsync(redrive, [redrive.List!], cancellationToken))
        );

        Assert.Single(created, isCreated => isCreated);
        var winner = (await operations.RedriveStore.ReadAsync("at-once", cancellationToken))!;
        Assert.Equal([winner.List!], await operations.RedriveStore.LettersAsync(winner, cancellationToken));
    }

    [Fact]
    public async Task A_letter_whose_body_is_gone_is_skipped_and_the_others_go_on()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await operations.BuryAsync(3, cancellationToken);
        var gone = operations.Index.Open.First().Id;
        await pipeline.DynamoDb.DeleteItemAsync(
            pipeline.Names.DeadLettersTable,
            new() { ["shelf"] = new($"body-{gone}"), ["letter"] = new("piece-00") },
            cancellationToken
        );

        var redrive = await OrderAndRunAsync(
            pipeline,
            operations,
            OperationsUnderTest.TheGroup,
            _ => false,
            cancellationToken
        );

        Assert.Equal((RedriveState.Done, 2, 1), (redrive.State, redrive.Recovered, redrive.Skipped));
        Assert.Equal("not sent, its body is gone", operations.Index.Find(gone)!.History[^1].What);
    }

    private static async Task<RedriveView> OrderAndRunAsync(
        EmulatedPipeline pipeline,
        OperationsUnderTest operations,
        RedriveOrder order,
        Predicate<string> fails,
        CancellationToken cancellationToken
    ) =>
        await RunAsync(
            pipeline,
            operations,
            await operations.OrderAsync(order, cancellationToken),
            fails,
            cancellationToken
        );

    /// <summary>Runs it until so many are sent, and pauses it there.</summary>
    private static async Task PauseAfterAsync(
        OperationsUnderTest operations,
        string id,
        int sent,
        CancellationToken cancellationToken
    )
    {
        var running = operations.Runner.RunAsync(id, cancellationToken);
        await Eventually.SeesAsync(
            token => operations.FindRedriveAsync(id, token),
            seen => seen.Sent == sent,
            TimeSpan.FromSeconds(20),
            cancellationToken
        );
        await operations.Redrives.PauseAsync(id, Who, cancellationToken);
        await running;
    }

    /// <summary>Runs it to its end, with a consumer and the collector beside it.</summary>
    private static async Task<RedriveView> RunAsync(
        EmulatedPipeline pipeline,
        OperationsUnderTest operations,
        string id,
        Predicate<string> fails,
        CancellationToken cancellationToken
    )
    {
        using var done = new CancellationTokenSource();
        var consuming = new StandInConsumer(pipeline, fails).ConsumeUntilAsync(done.Token);
        var collecting = CollectUntilAsync(operations, done.Token);
        await Eventually.SeesAsync(
            async token =>
            {
                await operations.Runner.RunAsync(id, token);
                return await operations.FindRedriveAsync(id, token);
            },
            seen => seen.State != RedriveState.Running,
            TimeSpan.FromSeconds(40),
            cancellationToken
        );
        await done.CancelAsync();
        await Task.WhenAll(consuming, collecting);
        return await operations.FindRedriveAsync(id, cancellationToken);
    }

    private static async Task CollectUntilAsync(OperationsUnderTest operations, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await operations.CollectAllAsync(CancellationToken.None);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }
    }
}
