using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Events.DeadLetters;
using Operations.DeadLetters;
using Operations.Redriving;
using Operations.Tests.Emulated;
using Operations.Tests.Http;
using Testing;

namespace Operations.Tests.Redriving;

/// <summary>Two Operations on the same queues and tables: what one does while the other is just about to.</summary>
public sealed class TwoProcessesTests(EmulatedAws aws)
{
    private const int Letters = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_redrive_that_either_process_pauses_and_the_other_resumes_sends_every_letter_and_none_twice()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var before = new OperationsUnderTest(pipeline);
        await before.BuryAsync(Letters, cancellationToken);
        await using var first = new OperationsServer(pipeline);
        await using var second = new OperationsServer(pipeline);
        // Whoever is asked for its services starts.
        Assert.NotSame(first.Services, second.Services);
        var id = await before.OrderAsync(
            OperationsUnderTest.TheGroup with
            {
                Ramp = [Letters],
                RatePerSecond = 10,
            },
            cancellationToken
        );
        using var done = new CancellationTokenSource();
        var consumer = new StandInConsumer(pipeline, _ => false);
        var consuming = consumer.ConsumeUntilAsync(done.Token);

        foreach (var (pauses, resumes, sent) in new[] { (first, second, 3), (second, first, 10) })
        {
            await ConsumedAsync(consumer, sent, cancellationToken);
            Assert.Equal("paused", await AskAsync(pauses, $"{id}/pause", cancellationToken));
            Assert.Equal("running", await AskAsync(resumes, $"{id}/resume", cancellationToken));
        }

        var ended = await Eventually.SeesAsync(
            token => before.FindRedriveAsync(id, token),
            redrive => redrive.State != RedriveState.Running,
            Patience,
            cancellationToken
        );
        await done.CancelAsync();
        await consuming;

        Assert.Equal(
            (RedriveState.Done, Letters, Letters, 0),
            (ended.State, ended.Sent, ended.Recovered, ended.Skipped)
        );
        Assert.Equal(
            Enumerable.Range(1, Letters).Select(number => AnEvent.Of(number)).Order(),
            consumer.Consumed.Order()
        );
    }

    [Fact]
    public async Task A_letter_that_another_process_lets_go_of_while_it_is_sent_is_its_redrives_again()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var another = new OperationsUnderTest(pipeline);
        using var tables = BeforeItIsTold(
            pipeline,
            async id =>
                await another.Redriver.LetGoAsync(
                    (await another.Store.ReadAsync(id, cancellationToken))!,
                    cancellationToken
                )
        );
        using var operations = new OperationsUnderTest(pipeline, tables);
        var letter = await operations.BuryOneAsync(cancellationToken);

        var sent = await operations.Redriver.RedriveAsync(letter.Id, "r1", cancellationToken);
        var again = await another.Redriver.RedriveAsync(letter.Id, "r2", cancellationToken);

        var stored = (await operations.Store.ReadAsync(letter.Id, cancellationToken))!;
        Assert.Equal((LetterSent.Sent, LetterSent.Skipped), (sent, again));
        Assert.Equal((LetterState.Redriven, "r1"), (stored.State, stored.Redrive));
        Assert.Equal(["died", "taken", "let go, perhaps sent", "sent again"], stored.History.Select(step => step.What));
        Assert.Single(await pipeline.TakeEventsAsync(cancellationToken));
    }

    [Fact]
    public async Task A_letter_that_comes_back_before_it_is_told_to_be_sent_has_failed_again_and_was_sent()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var another = new OperationsUnderTest(pipeline);
        using var tables = BeforeItIsTold(
            pipeline,
            async _ =>
            {
                await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
                await another.CollectAllAsync(cancellationToken);
            }
        );
        using var operations = new OperationsUnderTest(pipeline, tables);
        var letter = await operations.BuryOneAsync(cancellationToken);

        await operations.Redriver.RedriveAsync(letter.Id, "r1", cancellationToken);

        var stored = (await operations.Store.ReadAsync(letter.Id, cancellationToken))!;
        Assert.Equal((LetterState.Dead, 1), (stored.State, stored.FailedAgain));
        Assert.Equal(["died", "taken", "failed again", "sent again"], stored.History.Select(step => step.What));
        Assert.Single(stored.AttemptsKeys);
    }

    [Fact]
    public async Task A_letter_that_is_sent_after_all_while_another_process_gives_it_back_stays_sent()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        var letter = await operations.BuryOneAsync(cancellationToken);
        var left = letter.Then(
            LetterState.Redriving,
            TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(6),
            "taken",
            "r1"
        ) with
        {
            Redrive = "r1",
        };
        await operations.Store.WriteAsync(left, cancellationToken);
        using var tables = new FaultyDynamoDb(pipeline);
        using var another = new OperationsUnderTest(pipeline, tables);
        tables.Meanwhile = async request =>
        {
            if (request.Item.GetValueOrDefault("state")?.S == nameof(LetterState.Dead))
            {
                await operations.Redriver.RedriveAsync(letter.Id, "r1", cancellationToken);
            }
        };

        await another.Aftermath.GiveBackAsync(cancellationToken);

        Assert.Equal(LetterState.Redriven, (await operations.Store.ReadAsync(letter.Id, cancellationToken))!.State);
        Assert.Equal(LetterState.Redriven, another.Index.Find(letter.Id)!.State);
        Assert.Single(await pipeline.TakeEventsAsync(cancellationToken));
    }

    /// <summary>Tables by which another process is first when a letter that was sent is to be told so.</summary>
    private static FaultyDynamoDb BeforeItIsTold(EmulatedPipeline pipeline, Func<string, Task> another)
    {
        var isFirst = true;
        return new FaultyDynamoDb(pipeline)
        {
            Meanwhile = async request =>
            {
                if (isFirst && request.Item.GetValueOrDefault("state")?.S == nameof(LetterState.Redriven))
                {
                    isFirst = false;
                    await another(request.Item["letter"].S);
                }
            },
        };
    }

    private static Task<int> ConsumedAsync(StandInConsumer consumer, int more, CancellationToken cancellationToken)
    {
        var enough = consumer.Consumed.Count + more;
        return Eventually.SeesAsync(
            _ => Task.FromResult(consumer.Consumed.Count),
            count => count >= enough,
            Patience,
            cancellationToken
        );
    }

    /// <returns>The state that the redrive is in then.</returns>
    private static async Task<string?> AskAsync(
        OperationsServer server,
        string what,
        CancellationToken cancellationToken
    )
    {
        using var answer = await server
            .ClientWith(OperationsServer.OperatorToken)
            .PostAsync($"/api/redrives/{what}", null, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var redrive = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return redrive.GetProperty("state").GetString();
    }
}
