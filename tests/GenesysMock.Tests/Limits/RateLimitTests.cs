using System.Net;
using System.Text.Json;

namespace GenesysMock.Tests.Limits;

public sealed class RateLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_has_three_hundred_requests_in_its_window()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();

        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 301; request++)
        {
            statuses.Add(await StatusAsync(client));
        }

        Assert.Equal(300, statuses.Count(status => status is HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Fact]
    public async Task A_refusal_says_how_long_which_limit_and_how_many()
    {
        await using var mock = MockHost.Start(("Mock:Limits:PerToken", "1"));
        using var client = await mock.LoggedInAsync();
        await StatusAsync(client);
        mock.Time.Advance(TimeSpan.FromSeconds(24));

        using var refused = await client.GetAsync("/api/v2/tokens/me", Cancellation);
        var answer = await refused.JsonAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(37), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(["2", "1", "37"], Window(refused));
        Assert.Equal("too.many.requests.retry.after", answer.GetProperty("code").GetString());
        Assert.Equal(
            "Rate limit exceeded the maximum. Retry the request in [37] seconds",
            answer.GetProperty("message").GetString()
        );
        Assert.Equal(
            """{"namespace":"platform.api","key":"client.credentials.token.rate.per.minute","value":1}""",
            JsonSerializer.Serialize(answer.GetProperty("limit"))
        );
    }

    [Fact]
    public async Task Whoever_waits_as_long_as_he_is_told_is_let_in()
    {
        await using var mock = MockHost.Start(("Mock:Limits:PerToken", "1"));
        using var client = await mock.LoggedInAsync();
        await StatusAsync(client);
        using var refused = await client.GetAsync("/api/v2/tokens/me", Cancellation);

        mock.Time.Advance(refused.Headers.RetryAfter!.Delta!.Value);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));
    }

    [Fact]
    public async Task Each_token_has_its_own_window()
    {
        await using var mock = MockHost.Start(("Mock:Limits:PerToken", "1"));
        using var one = await mock.LoggedInAsync();
        using var other = await mock.LoggedInAsync();

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [await StatusAsync(one), await StatusAsync(other)]);
    }

    [Fact]
    public async Task A_client_can_have_a_limit_over_all_its_tokens()
    {
        await using var mock = MockHost.Start(("Mock:Limits:PerClient", "1"));
        using var one = await mock.LoggedInAsync("client");
        using var another = await mock.LoggedInAsync("client");
        using var stranger = await mock.LoggedInAsync("stranger");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK],
            [await StatusAsync(one), await StatusAsync(another), await StatusAsync(stranger)]
        );
    }

    [Fact]
    public async Task The_organization_has_a_limit_over_all_tokens()
    {
        await using var mock = MockHost.Start(("Mock:Limits:PerOrganization", "1"));
        using var one = await mock.LoggedInAsync("one");
        using var other = await mock.LoggedInAsync("other");
        await StatusAsync(one);

        using var refused = await other.GetAsync("/api/v2/tokens/me", Cancellation);

        Assert.Equal("org.app.user.rate.per.minute", LimitKey(await refused.JsonAsync()));
    }

    [Fact]
    public async Task An_endpoint_can_have_a_lower_limit_than_the_token()
    {
        await using var mock = MockHost.Start(
            ("Mock:Limits:Endpoints:0:Endpoint", "GET /api/v2/users"),
            ("Mock:Limits:Endpoints:0:Allowed", "1"),
            ("Mock:Limits:Endpoints:0:Key", "users.rate.per.minute")
        );
        using var client = await mock.LoggedInAsync();
        await StatusAsync(client, "/api/v2/users");

        using var refused = await client.GetAsync("/api/v2/users", Cancellation);
        using var elsewhere = await client.GetAsync("/api/v2/tokens/me", Cancellation);

        Assert.Equal("users.rate.per.minute", LimitKey(await refused.JsonAsync()));
        Assert.Equal(["2", "300", "61"], Window(refused));
        Assert.Equal(HttpStatusCode.OK, elsewhere.StatusCode);
    }

    [Fact]
    public async Task A_daily_limit_asks_for_hours()
    {
        await using var mock = MockHost.Start(
            ("Mock:Limits:Endpoints:0:Endpoint", "/api/v2/users"),
            ("Mock:Limits:Endpoints:0:Allowed", "1"),
            ("Mock:Limits:Endpoints:0:Window", "1.00:00:00"),
            ("Mock:Limits:Endpoints:0:RetryAfter", "04:00:00")
        );
        using var client = await mock.LoggedInAsync();
        await StatusAsync(client, "/api/v2/users");

        using var refused = await client.GetAsync("/api/v2/users", Cancellation);

        Assert.Equal(TimeSpan.FromSeconds(14_400), refused.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task A_daily_limit_is_over_when_its_day_is()
    {
        await using var mock = MockHost.Start(
            ("Mock:Limits:Endpoints:0:Endpoint", "/api/v2/users"),
            ("Mock:Limits:Endpoints:0:Allowed", "1"),
            ("Mock:Limits:Endpoints:0:Window", "02:00:00")
        );
        using var client = await mock.LoggedInAsync();
        await StatusAsync(client, "/api/v2/users");
        using var refused = await client.GetAsync("/api/v2/users", Cancellation);

        mock.Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(TimeSpan.FromSeconds(7_201), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/api/v2/users"));
    }

    [Fact]
    public async Task The_legacy_refusal_has_no_limit_block()
    {
        await using var mock = MockHost.Start(("Mock:Limits:PerToken", "1"), ("Mock:Limits:Body", "Legacy"));
        using var client = await mock.LoggedInAsync();
        await StatusAsync(client);

        using var refused = await client.GetAsync("/api/v2/tokens/me", Cancellation);
        var answer = await refused.JsonAsync();

        Assert.Equal("too.many.requests", answer.GetProperty("code").GetString());
        Assert.Equal(
            "Rate limit exceeded the maximum [1] requests within [60] seconds",
            answer.GetProperty("message").GetString()
        );
        Assert.False(answer.TryGetProperty("limit", out _));
    }

    [Fact]
    public async Task Retry_after_can_be_missing()
    {
        await using var mock = MockHost.Start(("Mock:Limits:PerToken", "1"), ("Mock:Limits:RetryAfter", "Missing"));
        using var client = await mock.LoggedInAsync();
        await StatusAsync(client);

        using var refused = await client.GetAsync("/api/v2/tokens/me", Cancellation);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Null(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Retry_after_can_be_a_date()
    {
        await using var mock = MockHost.Start(("Mock:Limits:PerToken", "1"), ("Mock:Limits:RetryAfter", "Date"));
        using var client = await mock.LoggedInAsync();
        await StatusAsync(client);

        using var refused = await client.GetAsync("/api/v2/tokens/me", Cancellation);

        Assert.Equal(mock.Time.GetUtcNow().AddSeconds(62), refused.Headers.RetryAfter?.Date);
    }

    [Theory]
    [InlineData("true", "3")]
    [InlineData("false", "1")]
    public async Task Whether_refused_requests_count_can_be_chosen(string countRefused, string count)
    {
        await using var mock = MockHost.Start(
            ("Mock:Limits:PerToken", "1"),
            ("Mock:Limits:CountRefused", countRefused)
        );
        using var client = await mock.LoggedInAsync();
        await StatusAsync(client);
        await StatusAsync(client);

        using var refused = await client.GetAsync("/api/v2/tokens/me", Cancellation);

        Assert.Equal(count, refused.Header("inin-ratelimit-count"));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path = "/api/v2/tokens/me")
    {
        using var response = await client.GetAsync(path, Cancellation);
        return response.StatusCode;
    }

    private static string[] Window(HttpResponseMessage response) =>
        [
            response.Header("inin-ratelimit-count"),
            response.Header("inin-ratelimit-allowed"),
            response.Header("inin-ratelimit-reset"),
        ];

    private static string? LimitKey(JsonElement answer) => answer.GetProperty("limit").GetProperty("key").GetString();
}
