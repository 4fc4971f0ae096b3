using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GenesysMock.Traffic;

namespace GenesysMock.Tests.Answers;

public sealed class AnalyticsTests
{
    private const string Details = "/api/v2/analytics/conversations/details";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Details_are_not_found_until_some_seconds_after_the_start()
    {
        await using var mock = MockHost.Start(("Mock:Faults:DetailsAfter", "00:00:05"));
        var conversation = mock.Hear();
        using var client = await mock.LoggedInAsync();

        using var early = await client.GetAsync(
            $"/api/v2/analytics/conversations/{conversation.Id}/details",
            Cancellation
        );
        mock.Time.Advance(TimeSpan.FromSeconds(5));
        using var later = await client.GetAsync(
            $"/api/v2/analytics/conversations/{conversation.Id}/details",
            Cancellation
        );

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.OK], [early.StatusCode, later.StatusCode]);
    }

    [Fact]
    public async Task Details_tell_sessions_segments_and_metrics_and_no_attributes()
    {
        await using var mock = MockHost.Start();
        var conversation = mock.Hear();
        mock.Time.Advance(TimeSpan.FromMinutes(10));
        using var client = await mock.LoggedInAsync();

        var answer = await client
            .GetAsync($"/api/v2/analytics/conversations/{conversation.Id}/details", Cancellation)
            .JsonAsync();

        var agent = answer.GetProperty("participants").EnumerateArray().Last();
        var session = agent.GetProperty("sessions")[0];
        Assert.Equal("agent", agent.GetProperty("purpose").GetString());
        Assert.Equal(conversation.Participants[^1].User!.Id, agent.GetProperty("userId").GetString());
        Assert.False(agent.TryGetProperty("attributes", out _));
        Assert.Equal("voice", session.GetProperty("mediaType").GetString());
        Assert.Equal(["alert", "interact", "wrapup"], SegmentTypes(session));
        Assert.Contains("tHandle", Names(session.GetProperty("metrics")));
    }

    [Fact]
    public async Task A_wrap_up_appears_some_time_after_it_was_made()
    {
        await using var mock = MockHost.Start(("Mock:Faults:WrapUpAfter", "00:00:45"));
        var conversation = mock.Hear();
        using var client = await mock.LoggedInAsync();
        var madeAt = conversation.Participants[^1].WrapUp!.EndsAt;

        mock.Time.Advance(madeAt.AddSeconds(44) - mock.Time.GetUtcNow());
        var early = await AgentSegmentsAsync(client, conversation);
        mock.Time.Advance(TimeSpan.FromSeconds(1));
        var later = await AgentSegmentsAsync(client, conversation);

        Assert.DoesNotContain("wrapup", early);
        Assert.Contains("wrapup", later);
    }

    [Theory]
    [InlineData("&id=")]
    [InlineData(",")]
    public async Task Many_can_be_asked_for_at_once_and_unknown_ones_are_left_out(string separator)
    {
        await using var mock = MockHost.Start();
        string[] known = [mock.Hear(seed: 1).Id, mock.Hear(Story.Chat, seed: 2).Id];
        mock.Time.Advance(TimeSpan.FromMinutes(10));
        using var client = await mock.LoggedInAsync();
        var ids = string.Join(separator, known.Append($"{Guid.Empty}"));

        var answer = await client.GetAsync($"{Details}?id={ids}", Cancellation).JsonAsync();

        Assert.Equal(known, Ids(answer));
    }

    [Fact]
    public async Task A_hundred_ids_are_as_many_as_a_request_may_have()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();
        var ids = Enumerable.Range(0, 101).Select(_ => Guid.NewGuid()).ToList();

        using var hundred = await client.GetAsync($"{Details}?id={string.Join(',', ids.Take(100))}", Cancellation);
        using var more = await client.GetAsync($"{Details}?id={string.Join(',', ids)}", Cancellation);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.BadRequest], [hundred.StatusCode, more.StatusCode]);
    }

    [Fact]
    public async Task What_is_asked_for_more_than_once_is_counted()
    {
        await using var mock = MockHost.Start();
        var conversation = mock.Hear();
        using var client = await mock.LoggedInAsync();
        using var once = await client.GetAsync($"{Details}?id={conversation.Id},{Guid.Empty}", Cancellation);
        using var again = await client.GetAsync($"/api/v2/conversations/{conversation.Id}", Cancellation);

        var truth = (await client.GetAsync("/mock/truth", Cancellation).JsonAsync()).GetProperty("api");

        Assert.Equal(2, truth.GetProperty("idsFetched").GetInt32());
        Assert.Equal(1, truth.GetProperty("idsFetchedMoreThanOnce").GetInt32());
    }

    [Fact]
    public async Task A_query_gives_the_conversations_of_an_interval_in_pages()
    {
        await using var mock = MockHost.Start();
        var started = mock.Time.GetUtcNow();
        var ids = new List<string>();
        for (var seed = 1; seed <= 5; seed++)
        {
            ids.Add(mock.Hear(seed: seed).Id);
            mock.Time.Advance(TimeSpan.FromMinutes(1));
        }

        using var client = await mock.LoggedInAsync();
        var interval = $"{started:O}/{started.AddMinutes(4):O}";
        var first = await QueryAsync(client, new { interval, paging = new { pageSize = 3, pageNumber = 1 } });
        var second = await QueryAsync(client, new { interval, paging = new { pageSize = 3, pageNumber = 2 } });

        Assert.Equal(4, first.GetProperty("totalHits").GetInt32());
        Assert.Equal(ids[..3], Ids(first));
        Assert.Equal(ids[3..4], Ids(second));
    }

    [Fact]
    public async Task A_query_can_be_turned_round_and_filtered()
    {
        await using var mock = MockHost.Start();
        var started = mock.Time.GetUtcNow();
        var voice = mock.Hear(seed: 1);
        mock.Time.Advance(TimeSpan.FromSeconds(1));
        var chat = mock.Hear(Story.Chat, seed: 2);
        mock.Time.Advance(TimeSpan.FromMinutes(10));
        using var client = await mock.LoggedInAsync();
        var interval = $"{started:O}/{started.AddDays(1):O}";
        var mediaType = new
        {
            type = "dimension",
            dimension = "mediaType",
            @operator = "matches",
            value = "chat",
        };

        var reversed = await QueryAsync(client, new { interval, order = "desc" });
        var chats = await QueryAsync(
            client,
            new { interval, segmentFilters = new[] { new { type = "or", predicates = new[] { mediaType } } } }
        );

        Assert.Equal([chat.Id, voice.Id], Ids(reversed));
        Assert.Equal([chat.Id], Ids(chats));
    }

    [Theory]
    [InlineData("""{"interval":"yesterday"}""", "invalid.date")]
    [InlineData("""{"interval":"2026-03-01T00:00:00Z/2026-03-19T00:00:00Z"}""", "invalid.value")]
    [InlineData(
        """{"interval":"2026-03-19T00:00:00Z/2026-03-20T00:00:00Z","paging":{"pageSize":101}}""",
        "invalid.value"
    )]
    [InlineData(
        """{"interval":"2026-03-19T00:00:00Z/2026-03-20T00:00:00Z","segmentFilters":[{"predicates":[{"dimension":"mood"}]}]}""",
        "invalid.value"
    )]
    [InlineData("[]", "bad.request")]
    public async Task A_query_that_cannot_be_understood_is_refused(string body, string code)
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var response = await client.PostAsync($"{Details}/query", content, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, (await response.JsonAsync()).GetProperty("code").GetString());
    }

    private static async Task<JsonElement> QueryAsync(HttpClient client, object body) =>
        await client.PostAsJsonAsync($"{Details}/query", body, Cancellation).JsonAsync();

    private static async Task<List<string?>> AgentSegmentsAsync(HttpClient client, Conversation conversation)
    {
        var answer = await client
            .GetAsync($"/api/v2/analytics/conversations/{conversation.Id}/details", Cancellation)
            .JsonAsync();
        return SegmentTypes(answer.GetProperty("participants").EnumerateArray().Last().GetProperty("sessions")[0]);
    }

    private static List<string?> SegmentTypes(JsonElement session) =>
        [.. session.GetProperty("segments").EnumerateArray().Select(one => one.GetProperty("segmentType").GetString())];

    private static IEnumerable<string?> Names(JsonElement metrics) =>
        metrics.EnumerateArray().Select(metric => metric.GetProperty("name").GetString());

    private static IEnumerable<string?> Ids(JsonElement answer) =>
        answer
            .GetProperty("conversations")
            .EnumerateArray()
            .Select(one => one.GetProperty("conversationId").GetString());
}
