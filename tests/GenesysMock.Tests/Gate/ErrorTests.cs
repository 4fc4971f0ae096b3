using System.Net;
using System.Text;
using GenesysMock.Gate;

namespace GenesysMock.Tests.Gate;

public sealed class ErrorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_error_has_the_platform_s_body_and_its_context_is_the_correlation_id()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();

        using var response = await client.GetAsync("/api/v2/nothing/of/the/kind", Cancellation);
        var answer = await response.JsonAsync();

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("not.found", answer.GetProperty("code").GetString());
        Assert.Equal(404, answer.GetProperty("status").GetInt32());
        Assert.Equal("The requested resource was not found.", answer.GetProperty("message").GetString());
        Assert.Equal(response.Header("ININ-Correlation-Id"), answer.GetProperty("contextId").GetString());
        Assert.Equal(0, answer.GetProperty("details").GetArrayLength() + answer.GetProperty("errors").GetArrayLength());
        Assert.False(answer.TryGetProperty("limit", out _));
    }

    [Fact]
    public async Task Every_answer_has_the_platform_s_headers()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();

        using var good = await client.GetAsync("/api/v2/tokens/me", Cancellation);
        using var bad = await client.GetAsync("/api/v2/nothing", Cancellation);

        Assert.All(
            [good, bad],
            response =>
            {
                Assert.Equal("300", response.Header("inin-ratelimit-allowed"));
                Assert.Equal("61", response.Header("inin-ratelimit-reset"));
                Assert.NotEmpty(response.Header("ININ-Correlation-Id"));
                Assert.True(response.Headers.CacheControl!.NoStore);
            }
        );
        Assert.Equal("1", good.Header("inin-ratelimit-count"));
        Assert.Equal("2", bad.Header("inin-ratelimit-count"));
    }

    [Fact]
    public async Task A_body_over_the_size_limit_is_refused()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();
        using var large = new StringContent(new string(' ', 512_001), Encoding.UTF8, "application/json");

        using var response = await client.PostAsync(
            "/api/v2/analytics/conversations/details/query",
            large,
            Cancellation
        );

        Assert.Equal("request.entity.too.large", (await response.JsonAsync()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("*", "GET /api/v2/users", true)]
    [InlineData("/api/v2/users", "GET /api/v2/users", true)]
    [InlineData("GET /api/v2/users", "POST /api/v2/users", false)]
    [InlineData("/api/v2/users", "GET /api/v2/users/{userId}", false)]
    [InlineData("/api/v2/users*", "GET /api/v2/users/{userId}", true)]
    [InlineData("GET /api/v2/*", "GET /api/v2/users/{userId}", true)]
    [InlineData("PATCH /api/v2/*", "GET /api/v2/users/{userId}", false)]
    public void An_endpoint_is_named_as_in_the_documentation(string pattern, string endpoint, bool matches)
    {
        Assert.Matches(EndpointPattern.Syntax, pattern);
        Assert.Equal(matches, EndpointPattern.Matches(pattern, endpoint));
    }
}
