using System.Net;
using System.Net.Http.Headers;

namespace GenesysMock.Tests.Gate;

public sealed class BearerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_token_authentication_is_required()
    {
        await using var mock = MockHost.Start();
        using var client = mock.Client();

        await AssertUnauthorizedAsync(client, "authentication.required");
    }

    [Fact]
    public async Task A_token_that_never_was_is_bad_credentials()
    {
        await using var mock = MockHost.Start();
        using var client = mock.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "invented");

        await AssertUnauthorizedAsync(client, "bad.credentials");
    }

    [Fact]
    public async Task A_token_is_good_until_the_second_it_expires()
    {
        await using var mock = MockHost.Start(("Mock:Limits:TokenLifetimeSeconds", "300"));
        using var client = await mock.LoggedInAsync();

        mock.Time.Advance(TimeSpan.FromSeconds(299));
        using var before = await client.GetAsync("/api/v2/tokens/me", Cancellation);
        mock.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        await AssertUnauthorizedAsync(client, "credentials.expired");
    }

    [Fact]
    public async Task Tokens_can_be_revoked_in_the_middle_of_a_run()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();

        using var revoked = await client.PostAsync("/mock/tokens/revoke", content: null, Cancellation);

        Assert.Equal(1, (await revoked.JsonAsync()).GetProperty("revoked").GetInt32());
        await AssertUnauthorizedAsync(client, "bad.credentials");
    }

    [Fact]
    public async Task A_revoked_token_still_tells_of_its_window()
    {
        await using var mock = MockHost.Start();
        using var client = await mock.LoggedInAsync();
        using var first = await client.GetAsync("/api/v2/tokens/me", Cancellation);
        using var revoked = await client.PostAsync("/mock/tokens/revoke", content: null, Cancellation);

        using var refused = await client.GetAsync("/api/v2/tokens/me", Cancellation);

        Assert.Equal("2", refused.Header("inin-ratelimit-count"));
    }

    private static async Task AssertUnauthorizedAsync(HttpClient client, string code)
    {
        using var response = await client.GetAsync("/api/v2/tokens/me", Cancellation);
        var answer = await response.JsonAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(code, answer.GetProperty("code").GetString());
    }
}
