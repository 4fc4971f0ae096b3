using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GenesysMock.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace GenesysMock.Tests.Publishing;

public sealed class PublishingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_arrives_whole_and_its_truth_is_what_arrived()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = Start(ingestor);
        using var client = mock.Client();

        var run = await RunAsync(
            mock,
            new
            {
                events = 400,
                seed = 7,
                duplicates = 0.1,
                poison = 0.02,
            }
        );
        var truth = await TruthAsync(client, run);
        var first = truth.Select(Envelope).ToHashSet();

        Assert.Equal(400, truth.Count);
        Assert.Equal(truth.Select(Envelope).Order(), ingestor.Envelopes.Distinct().Where(first.Contains).Order());
        Assert.Equal(ingestor.Envelopes.Count(), truth.Sum(line => line.GetProperty("deliveries").GetInt32()));
        Assert.Contains(truth, line => line.GetProperty("kind").GetString() == "poison");
    }

    [Fact]
    public async Task The_truth_names_every_envelope_a_thing_was_published_in()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = Start(ingestor);
        using var client = mock.Client();

        var run = await RunAsync(mock, new { events = 200, duplicates = 0.5 });
        var named = (await TruthAsync(client, run)).SelectMany(line =>
            line.GetProperty("envelopeIds").EnumerateArray().Select(id => id.GetString())
        );

        Assert.Equal(named.Order(), ingestor.Envelopes.Select(IdOf).Distinct().Order());
    }

    [Fact]
    public async Task The_state_of_a_run_says_how_far_it_has_come()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = Start(ingestor);
        using var client = mock.Client();

        var run = await RunAsync(
            mock,
            new
            {
                events = 25,
                seed = 3,
                duplicates = 0,
            }
        );
        var state = await client.GetAsync($"/mock/traffic/{run}", Cancellation).JsonAsync();

        Assert.Equal("done", state.GetProperty("state").GetString());
        Assert.True(state.GetProperty("done").GetBoolean());
        Assert.Equal(25, state.GetProperty("emitted").GetInt32());
        Assert.Equal(25, state.GetProperty("accepted").GetInt32());
        Assert.Equal(25, state.GetProperty("deliveries").GetInt32());
        Assert.Equal(0, state.GetProperty("refused").GetInt32());
        Assert.True(state.TryGetProperty("startedAt", out _) && state.TryGetProperty("finishedAt", out _));
    }

    [Fact]
    public async Task Events_come_in_arrays_with_the_key_and_a_trace()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Genesys.Mock",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = Start(ingestor, ("Mock:IngestorApiKey", "open sesame"), ("Mock:IngestorBatchSize", "4"));

        await RunAsync(mock, new { events = 10, duplicates = 0 });

        Assert.Equal([4, 4, 2], ingestor.Requests.Select(request => request.Envelopes.Count).OrderDescending());
        Assert.All(ingestor.Requests, request => Assert.Equal("open sesame", request.ApiKey));
        Assert.All(
            ingestor.Requests,
            request => Assert.StartsWith("00-", request.TraceParent, StringComparison.Ordinal)
        );
        Assert.All(ingestor.Requests, request => Assert.Equal("application/json; charset=utf-8", request.ContentType));
    }

    [Fact]
    public async Task With_a_batch_of_one_an_envelope_comes_as_it_is()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = Start(ingestor, ("Mock:IngestorBatchSize", "1"));

        await RunAsync(mock, new { events = 3, duplicates = 0 });

        Assert.Equal(3, ingestor.Requests.Count);
        Assert.All(ingestor.Requests, request => Assert.False(request.IsArray));
    }

    [Fact]
    public async Task What_is_refused_for_the_moment_is_sent_again_after_as_long_as_asked()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        ingestor.Answer(HttpStatusCode.TooManyRequests, retryAfter: "7");
        await using var mock = Start(ingestor);
        var waiting = mock.Time.WaitForNextTimerAsync(Cancellation);

        var run = await BeginAsync(mock, new { events = 5, duplicates = 0 });
        await waiting;
        mock.Time.Advance(TimeSpan.FromSeconds(6.9));
        var early = ingestor.Requests.Count;
        mock.Time.Advance(TimeSpan.FromSeconds(1));
        await run.Ended;

        Assert.Equal(1, early);
        Assert.Equal(2, ingestor.Requests.Count);
        Assert.Equal((5L, 1L), (run.Ledger.Counts.Accepted, run.Ledger.Counts.Retries));
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Trouble_of_the_ingestor_is_waited_for(HttpStatusCode status)
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        ingestor.Answer(status);
        await using var mock = Start(ingestor);
        var waiting = mock.Time.WaitForNextTimerAsync(Cancellation);

        var run = await BeginAsync(mock, new { events = 5, duplicates = 0 });
        await waiting;
        mock.Time.Advance(TimeSpan.FromSeconds(10));
        await run.Ended;

        Assert.Equal(5, run.Ledger.Counts.Accepted);
    }

    [Fact]
    public async Task A_request_without_an_answer_is_sent_again()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        ingestor.HangUp();
        await using var mock = Start(ingestor);
        var waiting = mock.Time.WaitForNextTimerAsync(Cancellation);

        var run = await BeginAsync(mock, new { events = 5, duplicates = 0 });
        await waiting;
        mock.Time.Advance(TimeSpan.FromSeconds(10));
        await run.Ended;

        Assert.Equal(5, run.Ledger.Counts.Accepted);
        Assert.Equal(2, ingestor.Requests.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, 1)]
    [InlineData(HttpStatusCode.TooManyRequests, 0)]
    [InlineData(null, 1)]
    public async Task The_truth_tells_how_often_a_thing_may_have_been_accepted_without_saying_so(
        HttpStatusCode? answer,
        int inDoubt
    )
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        if (answer is { } status)
        {
            ingestor.Answer(status);
        }
        else
        {
            ingestor.HangUp();
        }

        await using var mock = Start(ingestor);
        using var client = mock.Client();
        var waiting = mock.Time.WaitForNextTimerAsync(Cancellation);

        var run = await BeginAsync(mock, new { events = 5, duplicates = 0 });
        await waiting;
        mock.Time.Advance(TimeSpan.FromSeconds(10));
        await run.Ended;
        var truth = await TruthAsync(client, run.Id);

        Assert.Equal(5, truth.Count);
        Assert.All(truth, line => Assert.Equal(1, line.GetProperty("deliveries").GetInt32()));
        Assert.All(truth, line => Assert.Equal(inDoubt, line.GetProperty("inDoubt").GetInt32()));
    }

    [Fact]
    public async Task What_is_refused_for_good_is_counted_and_not_sent_again()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        ingestor.Answer(HttpStatusCode.BadRequest);
        await using var mock = Start(ingestor);

        var run = await BeginAsync(mock, new { events = 5, duplicates = 0 });
        await run.Ended;

        Assert.Single(ingestor.Requests);
        Assert.Equal((0L, 5L), (run.Ledger.Counts.Accepted, run.Ledger.Counts.Refused));
    }

    [Fact]
    public async Task Of_an_array_only_the_rest_is_sent_again()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        ingestor.AnswerEach(HttpStatusCode.ServiceUnavailable, 200, 503, 400, 200, 429);
        await using var mock = Start(ingestor);
        var waiting = mock.Time.WaitForNextTimerAsync(Cancellation);

        var run = await BeginAsync(mock, new { events = 5, duplicates = 0 });
        await waiting;
        mock.Time.Advance(TimeSpan.FromSeconds(10));
        await run.Ended;

        Assert.Equal([5, 2], ingestor.Requests.Select(request => request.Envelopes.Count));
        Assert.Equal((4L, 1L), (run.Ledger.Counts.Accepted, run.Ledger.Counts.Refused));
    }

    [Fact]
    public async Task A_run_can_be_stopped_and_its_truth_is_what_was_sent_until_then()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = Start(ingestor);
        using var client = mock.Client();
        var waiting = mock.Time.WaitForNextTimerAsync(Cancellation);

        var run = await BeginAsync(mock, new { events = 1_000, ratePerSecond = 1 });
        await waiting;
        using var stopped = await client.DeleteAsync($"/mock/traffic/{run.Id}", Cancellation);
        await run.Ended;

        Assert.False(run.End!.Completed);
        Assert.Equal(run.Ledger.Counts.Emitted, (await TruthAsync(client, run.Id)).Count);
        Assert.InRange(run.Ledger.Counts.Emitted, 0, 2);
    }

    [Fact]
    public async Task A_patch_of_attributes_is_an_event_too()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = Start(ingestor);
        var conversation = mock.Hear();
        var participant = conversation.Participants[0].Party.ParticipantId;
        using var client = await mock.LoggedInAsync();

        using var patched = await client.PatchAsJsonAsync(
            $"/api/v2/conversations/{conversation.Id}/participants/{participant}/attributes",
            new { attributes = new { crmCaseId = "500" } },
            Cancellation
        );
        await ingestor.NextRequestAsync(Cancellation);

        var detail = JsonDocument.Parse(Assert.Single(ingestor.Envelopes)).RootElement.GetProperty("detail");
        Assert.Equal(
            $"v2.detail.events.conversation.{conversation.Id}.attributes",
            detail.GetProperty("topicName").GetString()
        );
        Assert.Equal(
            "500",
            detail.GetProperty("eventBody").GetProperty("attributes").GetProperty("crmCaseId").GetString()
        );
    }

    [Fact]
    public async Task The_conversations_of_a_run_are_those_the_api_knows()
    {
        await using var ingestor = await FakeIngestor.StartAsync();
        await using var mock = Start(ingestor, ("Mock:Faults:DetailsAfter", "00:00:00"));
        await RunAsync(mock, new { events = 300, poison = 0 });
        using var client = await mock.LoggedInAsync();
        var ids = ingestor
            .Envelopes.Select(envelope => JsonDocument.Parse(envelope).RootElement.GetProperty("detail"))
            .Where(detail =>
                detail.GetProperty("topicName").GetString()!.EndsWith("customer.start", StringComparison.Ordinal)
            )
            .Select(detail => detail.GetProperty("eventBody").GetProperty("conversationId").GetString())
            .Distinct()
            .ToList();

        var answer = await client
            .GetAsync($"/api/v2/analytics/conversations/details?id={string.Join(',', ids)}", Cancellation)
            .JsonAsync();

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, answer.GetProperty("conversations").GetArrayLength());
    }

    private static MockHost Start(FakeIngestor ingestor, params (string, string)[] settings) =>
        MockHost.Start([("Mock:IngestorUrl", ingestor.Url.ToString()), ("Mock:IngestorConnections", "1"), .. settings]);

    private static async Task<string> RunAsync(MockHost mock, object request)
    {
        var run = await BeginAsync(mock, request);
        await run.Ended.WaitAsync(Cancellation);
        return run.Id;
    }

    private static async Task<TrafficRun> BeginAsync(MockHost mock, object request)
    {
        using var client = mock.Client();
        using var response = await client.PostAsJsonAsync("/mock/traffic", request, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var id = (await response.JsonAsync()).GetProperty("run").GetString()!;
        return mock.Services.GetRequiredService<TrafficRuns>().Find(id)!;
    }

    private static async Task<List<JsonElement>> TruthAsync(HttpClient client, string run)
    {
        var text = await client.GetStringAsync($"/mock/truth/{run}/events", Cancellation);
        return
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement.Clone()),
        ];
    }

    private static string Envelope(JsonElement line) => line.GetProperty("envelope").GetString()!;

    private static string IdOf(string envelope) =>
        JsonDocument.Parse(envelope).RootElement.GetProperty("id").GetString()!;
}
