using System.Net;
using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using GenesysApi.Tests.Simulated;

namespace GenesysApi.Tests.Calls;

/// <summary>Each answer the platform, a gateway or the network may give, and the outcome that a handler gets to see.</summary>
public sealed class OutcomeTests : IAsyncDisposable
{
    private readonly AClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task An_answer_is_answered()
    {
        Answer(
            HttpStatusCode.OK,
            """{"id":"c1","participants":[{"id":"p1","attributes":{"a":"b"},"unknown":[1]}],"more":{}}"""
        );

        var outcome = await GetAsync();

        var participant = Assert.Single(Assert.IsType<ApiOutcome<Conversation>.Answered>(outcome).Value.Participants!);
        Assert.Equal("b", participant.Attributes!["a"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>gateway</html>")]
    [InlineData("""{"id":""")]
    public async Task A_200_that_cannot_be_read_is_worth_another_attempt(string body)
    {
        Answer(HttpStatusCode.OK, body);

        Assert.IsType<ApiOutcome<Conversation>.Unavailable>(await GetAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, """{"code":"bad.request"}""", "bad.request")]
    [InlineData(HttpStatusCode.Forbidden, """{"code":"missing.any.permissions"}""", "missing.any.permissions")]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "", "http 413")]
    [InlineData(HttpStatusCode.UnsupportedMediaType, "<html/>", "http 415")]
    public async Task What_cannot_heal_is_rejected_by_its_code(HttpStatusCode status, string body, string code)
    {
        Answer(status, body);

        var rejected = Assert.IsType<ApiOutcome<Conversation>.Rejected>(await GetAsync());

        Assert.Equal(((int)status, code), (rejected.Status, rejected.Code));
        Assert.Equal(1, _client.Server.ApiCalls);
    }

    [Fact]
    public async Task A_young_conversation_that_is_not_found_is_not_known_yet()
    {
        Answer(HttpStatusCode.NotFound, """{"code":"not.found"}""");

        Assert.IsType<ApiOutcome<Conversation>.NotYet>(await GetAsync(age: TimeSpan.FromMinutes(9)));
    }

    [Fact]
    public async Task An_old_conversation_that_is_not_found_is_unknown_for_ever()
    {
        Answer(HttpStatusCode.NotFound, """{"code":"not.found"}""");

        Assert.Equal(
            new ApiOutcome<Conversation>.Rejected(404, "not.found"),
            await GetAsync(age: TimeSpan.FromMinutes(11))
        );
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task A_read_that_meets_server_errors_is_tried_thrice_and_then_unavailable(HttpStatusCode status)
    {
        Answer(status, "<html>gateway</html>");

        var outcome = await GetAsync();

        Assert.Equal(new ApiOutcome<Conversation>.Unavailable($"http {(int)status}"), outcome);
        Assert.Equal(3, _client.Server.ApiCalls);
    }

    [Fact]
    public async Task A_read_that_meets_one_server_error_is_answered_all_the_same()
    {
        _client.Server.Api = (_, _) =>
            Task.FromResult(
                _client.Server.ApiCalls == 1
                    ? new HttpResponseMessage(HttpStatusCode.BadGateway)
                    : CannedServer.Json(HttpStatusCode.OK, """{"id":"c1"}""")
            );

        Assert.IsType<ApiOutcome<Conversation>.Answered>(await GetAsync());
    }

    [Fact]
    public async Task A_503_that_asks_for_a_long_wait_is_deferred_and_not_tried_again()
    {
        Answer(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "120"));

        var deferred = Assert.IsType<ApiOutcome<Conversation>.Deferred>(await GetAsync());

        AssertIn(deferred.Until, 115, 120);
        Assert.Equal(1, _client.Server.ApiCalls);
    }

    [Fact]
    public async Task A_connection_that_is_refused_is_unavailable()
    {
        _client.Server.Api = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);

        Assert.Equal(new ApiOutcome<Conversation>.Unavailable("ConnectionError"), await GetAsync());
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.Unknown)]
    public async Task An_effect_whose_connection_breaks_after_the_send_is_ambiguous_and_never_sent_again(
        HttpRequestError error
    )
    {
        _client.Server.Api = (_, _) => throw new HttpRequestException(error);

        Assert.Equal(new ApiOutcome<Done>.Ambiguous($"{error}"), await PatchAsync());
        Assert.Equal(1, _client.Server.ApiCalls);
    }

    [Fact]
    public async Task An_effect_that_could_not_be_sent_is_unavailable()
    {
        _client.Server.Api = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);

        Assert.IsType<ApiOutcome<Done>.Unavailable>(await PatchAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    [InlineData(HttpStatusCode.RequestTimeout)]
    public async Task A_server_error_leaves_it_open_whether_an_effect_happened(HttpStatusCode status)
    {
        Answer(status, "");

        Assert.Equal(new ApiOutcome<Done>.Ambiguous($"http {(int)status}"), await PatchAsync());
        Assert.Equal(1, _client.Server.ApiCalls);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task An_effect_that_the_server_did_not_begin_may_be_tried_again(HttpStatusCode status)
    {
        Answer(status, "");

        Assert.IsType<ApiOutcome<Done>.Unavailable>(await PatchAsync());
    }

    [Fact]
    public async Task An_effect_is_done_whatever_its_answer_says()
    {
        Answer(HttpStatusCode.Accepted, "");

        Assert.IsType<ApiOutcome<Done>.Answered>(await PatchAsync());
        Assert.Equal("""{"attributes":{"crm":"1"}}""", _client.Server.LastApiRequest.Body);
        Assert.EndsWith(
            "/api/v2/conversations/c1/participants/p1/attributes",
            _client.Server.LastApiRequest.Uri.AbsolutePath,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_his_cancellation()
    {
        using var impatience = new CancellationTokenSource();
        _client.Server.Api = async (_, _) =>
        {
            await impatience.CancelAsync();
            throw new OperationCanceledException(impatience.Token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _client.Api.GetConversationAsync("c1", DateTimeOffset.UnixEpoch, BudgetClass.Live, impatience.Token)
        );
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_cut_off()
    {
        await using var client = new AClient(("ResponseBytesMax", "65536"));
        client.Server.Api = (_, _) =>
            Task.FromResult(CannedServer.Json(HttpStatusCode.OK, new string(' ', 65_537) + "{}"));

        var outcome = await client.Api.GetConversationAsync("c1", DateTimeOffset.UnixEpoch, BudgetClass.Live, Token);

        Assert.IsType<ApiOutcome<Conversation>.Unavailable>(outcome);
    }

    [Fact]
    public async Task A_read_that_hangs_is_unavailable_after_its_attempts()
    {
        await using var client = new AClient(
            ("AttemptTimeout", "00:00:00.1"),
            ("TotalTimeout", "00:00:10"),
            ("RetriesMax", "1")
        );
        client.Server.Api = HangAsync;

        var outcome = await client.Api.GetConversationAsync("c1", DateTimeOffset.UnixEpoch, BudgetClass.Live, Token);

        Assert.Equal(new ApiOutcome<Conversation>.Unavailable("timeout"), outcome);
        Assert.Equal(2, client.Server.ApiCalls);
    }

    [Fact]
    public async Task An_effect_on_a_conversation_that_is_not_there_is_not_yet_possible_or_never()
    {
        Answer(HttpStatusCode.NotFound, """{"code":"not.found","status":404}""");

        var young = await PatchAsync(TimeSpan.FromMinutes(1));
        var old = await PatchAsync(TimeSpan.FromHours(1));

        Assert.IsType<ApiOutcome<Done>.NotYet>(young);
        Assert.Equal(new ApiOutcome<Done>.Rejected(404, "not.found"), old);
    }

    [Fact]
    public async Task An_effect_that_hangs_is_ambiguous()
    {
        await using var client = new AClient(("AttemptTimeout", "00:00:02"));
        client.Server.Api = (_, _) => Task.FromResult(CannedServer.Json(HttpStatusCode.OK, "{}"));
        await PatchAsync(client);
        client.Server.Api = HangAsync;

        var outcome = await PatchAsync(client);

        Assert.Equal(new ApiOutcome<Done>.Ambiguous("timeout"), outcome);
        Assert.Equal(2, client.Server.ApiCalls);
    }

    /// <summary>Seeds 345, 517: waiting is no failure, and nothing is in doubt that never left.</summary>
    [Fact]
    public async Task An_effect_whose_token_does_not_come_in_time_is_deferred_and_was_not_sent()
    {
        await using var client = new AClient(("AttemptTimeout", "00:00:00.1"));
        client.Server.Login = HangAsync;

        var outcome = await PatchAsync(client);

        Assert.IsType<ApiOutcome<Done>.Deferred>(outcome);
        Assert.Equal(0, client.Server.ApiCalls);
    }

    [Fact]
    public async Task An_effect_whose_time_is_over_is_deferred_and_was_not_sent()
    {
        await using var client = new AClient();

        var outcome = await PatchAsync(client, notAfter: TimeProvider.System.GetUtcNow());

        Assert.IsType<ApiOutcome<Done>.Deferred>(outcome);
        Assert.Equal(0, client.Server.ApiCalls);
    }

    private static Task<ApiOutcome<Done>> PatchAsync(AClient client, DateTimeOffset? notAfter = null) =>
        client.Api.PatchParticipantAttributesAsync(
            "c1",
            "p1",
            new Dictionary<string, string> { ["crm"] = "1" },
            DateTimeOffset.UnixEpoch,
            notAfter ?? DateTimeOffset.MaxValue,
            BudgetClass.Live,
            Token
        );

    internal static void AssertIn(DateTimeOffset until, double secondsMin, double secondsMax) =>
        Assert.InRange((until - TimeProvider.System.GetUtcNow()).TotalSeconds, secondsMin, secondsMax);

    private static async Task<HttpResponseMessage> HangAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        throw new InvalidOperationException("It hangs.");
    }

    private void Answer(HttpStatusCode status, string body, params (string, string)[] headers) =>
        _client.Server.Api = (_, _) => Task.FromResult(CannedServer.Json(status, body, headers));

    private Task<ApiOutcome<Conversation>> GetAsync(TimeSpan? age = null) =>
        _client.Api.GetConversationAsync(
            "c1",
            TimeProvider.System.GetUtcNow() - (age ?? TimeSpan.FromHours(1)),
            BudgetClass.Live,
            Token
        );

    private Task<ApiOutcome<Done>> PatchAsync(TimeSpan? age = null) =>
        _client.Api.PatchParticipantAttributesAsync(
            "c1",
            "p1",
            new Dictionary<string, string> { ["crm"] = "1" },
            TimeProvider.System.GetUtcNow() - (age ?? TimeSpan.FromHours(1)),
            DateTimeOffset.MaxValue,
            BudgetClass.Live,
            Token
        );
}
