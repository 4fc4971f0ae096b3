using System.Net;
using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;
using GenesysApi.Tests.Simulated;

namespace GenesysApi.Tests.Calls;

/// <summary>What a 429 does: to the call, to the next call, and to every other process.</summary>
public sealed class RateLimitTests : IAsyncDisposable
{
    private const string PlatformLimit =
        """{"message":"Rate limit exceeded the maximum. Retry the request in [37] seconds","code":"too.many.requests.retry.after","status":429,"limit":{"namespace":"platform.api","key":"client.credentials.token.rate.per.minute","value":300}}""";

    private const string DailyLimit =
        """{"code":"too.many.requests.retry.after","status":429,"limit":{"namespace":"analytics","key":"details.per.day","value":1000}}""";

    private const string Legacy =
        """{"message":"Rate limit exceeded the maximum [300] requests within [60] seconds","code":"too.many.requests","status":429}""";

    private readonly AClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public async Task A_429_is_deferred_for_as_long_as_it_says_and_not_tried_again()
    {
        Answer(PlatformLimit, ("Retry-After", "37"));

        var deferred = await GetAsync();

        OutcomeTests.AssertIn(deferred.Until, 36, 39);
        Assert.Equal(("rate limited", "client.credentials.token.rate.per.minute"), (deferred.Reason, deferred.By));
        Assert.Equal(1, _client.Server.ApiCalls);
    }

    [Fact]
    public async Task After_a_429_no_call_is_made_until_it_is_over()
    {
        Answer(PlatformLimit, ("Retry-After", "37"));
        await GetAsync();

        var deferred = await GetAsync();

        Assert.Equal(("budget blocked", "client.credentials.token.rate.per.minute"), (deferred.Reason, deferred.By));
        Assert.Equal(1, _client.Server.ApiCalls);
    }

    [Fact]
    public async Task A_429_is_in_the_shared_record_when_its_call_returns()
    {
        Answer(PlatformLimit, ("Retry-After", "37"));

        await GetAsync();

        var record = Assert
            .IsType<BudgetRead.Found>(await _client.Store.ReadAsync(GenesysApiFeature.BudgetOf("client"), Token))
            .Record;
        Assert.Equal(BudgetBlock.Everything, Assert.Single(record.Blocks).Endpoint);
    }

    [Fact]
    public async Task A_wait_of_hours_is_deferred_like_any_other()
    {
        Answer(PlatformLimit, ("Retry-After", "7200"));

        OutcomeTests.AssertIn((await GetAsync()).Until, 7195, 7203);
    }

    [Fact]
    public async Task A_date_is_as_good_as_seconds_and_the_case_of_the_name_does_not_matter()
    {
        var date = TimeProvider.System.GetUtcNow().AddMinutes(10).ToString("R");
        Answer(PlatformLimit, ("retry-AFTER", date));

        OutcomeTests.AssertIn((await GetAsync()).Until, 595, 603);
    }

    [Fact]
    public async Task Without_a_header_the_text_says_how_long()
    {
        Answer(PlatformLimit);

        OutcomeTests.AssertIn((await GetAsync()).Until, 36, 39);
    }

    [Fact]
    public async Task Without_header_and_text_the_window_says_how_long()
    {
        Answer(
            Legacy,
            ("inin-ratelimit-count", "301"),
            ("inin-ratelimit-allowed", "300"),
            ("inin-ratelimit-reset", "21")
        );

        OutcomeTests.AssertIn((await GetAsync()).Until, 20, 23);
    }

    [Fact]
    public async Task A_429_that_says_nothing_is_waited_for_a_few_seconds()
    {
        Answer("");

        var deferred = await GetAsync();

        OutcomeTests.AssertIn(deferred.Until, 2, 5);
        Assert.Equal("429", deferred.By);
    }

    [Fact]
    public async Task An_epoch_in_the_header_does_not_stop_us_for_years()
    {
        Answer(PlatformLimit, ("Retry-After", "1773928872"));

        OutcomeTests.AssertIn((await GetAsync()).Until, 0, 86_403);
    }

    [Fact]
    public async Task The_limit_of_one_endpoint_does_not_stop_the_others()
    {
        Answer(DailyLimit, ("Retry-After", "14400"));
        await GetAsync();
        _client.Server.Api = (_, _) =>
            Task.FromResult(CannedServer.Json(HttpStatusCode.OK, """{"entities":[{"id":"u1","name":"A"}]}"""));

        var users = await _client.Api.GetUsersAsync(["u1"], BudgetClass.Live, Token);
        var details = await GetAsync();

        Assert.IsType<ApiOutcome<IReadOnlyList<GenesysApi.Directory.User>>.Answered>(users);
        Assert.Equal("details.per.day", details.By);
    }

    [Theory]
    [InlineData("token.rate.per.minute", true)]
    [InlineData("client.credentials.token.rate.per.minute", true)]
    [InlineData("org.app.user.rate.per.minute", true)]
    [InlineData("analytics.conversation.details.per.day", false)]
    [InlineData("endpoint.rate.per.minute", false)]
    public async Task A_limit_of_the_platform_stops_everything_only_if_it_counts_every_call(string key, bool everything)
    {
        Answer(
            $$$"""{"code":"too.many.requests.retry.after","status":429,"limit":{"namespace":"platform.api","key":"{{{key}}}","value":10}}""",
            ("Retry-After", "3600")
        );

        await GetAsync();

        Assert.Equal(everything, await BlockedAsync() == BudgetBlock.Everything);
    }

    [Theory]
    [InlineData("301", true)]
    [InlineData("17", false)]
    public async Task A_refusal_that_names_no_limit_stops_everything_only_if_the_window_is_used_up(
        string count,
        bool everything
    )
    {
        Answer(
            Legacy,
            ("inin-ratelimit-count", count),
            ("inin-ratelimit-allowed", "300"),
            ("inin-ratelimit-reset", "21")
        );

        await GetAsync();

        Assert.Equal(everything, await BlockedAsync() == BudgetBlock.Everything);
    }

    [Fact]
    public async Task When_the_window_is_nearly_used_up_the_rest_is_left_to_the_others_until_it_ends()
    {
        _client.Server.Api = (_, _) =>
            Task.FromResult(
                CannedServer.Json(
                    HttpStatusCode.OK,
                    """{"conversations":[]}""",
                    ("inin-ratelimit-count", "299"),
                    ("inin-ratelimit-allowed", "300"),
                    ("inin-ratelimit-reset", "17")
                )
            );
        await _client.Api.GetConversationDetailsAsync(["c1"], BudgetClass.Live, Token);

        var deferred = await GetAsync();

        OutcomeTests.AssertIn(deferred.Until, 15, 17.1);
        Assert.Equal(("budget empty", 1), (deferred.Reason, _client.Server.ApiCalls));
    }

    [Fact]
    public async Task A_server_that_fails_again_and_again_is_left_alone_by_every_replica()
    {
        _client.Server.Api = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway));

        var calls = Enumerable
            .Range(0, 8)
            .Select(_ => _client.Api.GetConversationDetailsAsync(["c1"], BudgetClass.Live, Token));
        await Task.WhenAll(calls);

        var record = Assert
            .IsType<BudgetRead.Found>(await _client.Store.ReadAsync(GenesysApiFeature.BudgetOf("client"), Token))
            .Record;
        Assert.Equal((BudgetBlock.Everything, "circuit"), (Assert.Single(record.Blocks).Endpoint, record.Blocks[0].By));
    }

    private async Task<string> BlockedAsync() =>
        Assert
            .Single(
                Assert
                    .IsType<BudgetRead.Found>(
                        await _client.Store.ReadAsync(GenesysApiFeature.BudgetOf("client"), Token)
                    )
                    .Record.Blocks
            )
            .Endpoint;

    private void Answer(string body, params (string, string)[] headers) =>
        _client.Server.Api = (_, _) =>
            Task.FromResult(CannedServer.Json(HttpStatusCode.TooManyRequests, body, headers));

    private async Task<ApiOutcome<IReadOnlyList<ConversationDetails>>.Deferred> GetAsync() =>
        Assert.IsType<ApiOutcome<IReadOnlyList<ConversationDetails>>.Deferred>(
            await _client.Api.GetConversationDetailsAsync(["c1"], BudgetClass.Live, Token)
        );
}
