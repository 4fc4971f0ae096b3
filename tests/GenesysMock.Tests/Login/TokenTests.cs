using System.Net;
using System.Net.Http.Json;

namespace GenesysMock.Tests.Login;

public sealed class TokenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_with_its_secret_gets_a_token_for_a_day()
    {
        await using var mock = MockHost.Start();
        using var client = mock.Client();

        var answer = await client.SendAsync(MockHost.LoginRequest("client", "secret"), Cancellation).JsonAsync();

        Assert.NotEmpty(answer.GetProperty("access_token").GetString()!);
        Assert.Equal("bearer", answer.GetProperty("token_type").GetString());
        Assert.Equal(86_400, answer.GetProperty("expires_in").GetInt32());
        Assert.False(answer.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task The_lifetime_is_that_of_the_limits_or_of_the_client()
    {
        await using var mock = MockHost.Start(
            ("Mock:Limits:TokenLifetimeSeconds", "300"),
            ("Mock:Login:Clients:0:Id", "ordinary"),
            ("Mock:Login:Clients:0:Secret", "secret"),
            ("Mock:Login:Clients:1:Id", "lasting"),
            ("Mock:Login:Clients:1:Secret", "secret"),
            ("Mock:Login:Clients:1:TokenLifetimeSeconds", "172800")
        );
        using var client = mock.Client();

        var ordinary = await client.SendAsync(MockHost.LoginRequest("ordinary", "secret"), Cancellation).JsonAsync();
        var lasting = await client.SendAsync(MockHost.LoginRequest("lasting", "secret"), Cancellation).JsonAsync();

        Assert.Equal(300, ordinary.GetProperty("expires_in").GetInt32());
        Assert.Equal(172_800, lasting.GetProperty("expires_in").GetInt32());
    }

    [Fact]
    public async Task A_wrong_secret_is_an_invalid_client()
    {
        await using var mock = MockHost.Start(
            ("Mock:Login:Clients:0:Id", "client"),
            ("Mock:Login:Clients:0:Secret", "secret")
        );

        await AssertRefusedAsync(
            mock,
            MockHost.LoginRequest("client", "guess"),
            HttpStatusCode.Unauthorized,
            "invalid_client"
        );
    }

    [Fact]
    public async Task Whether_an_invalid_client_is_400_or_401_can_be_chosen()
    {
        await using var mock = MockHost.Start(
            ("Mock:Login:InvalidClientStatus", "400"),
            ("Mock:Login:Clients:0:Id", "client"),
            ("Mock:Login:Clients:0:Secret", "secret")
        );

        await AssertRefusedAsync(
            mock,
            MockHost.LoginRequest("nobody", "secret"),
            HttpStatusCode.BadRequest,
            "invalid_client"
        );
    }

    [Fact]
    public async Task Credentials_in_the_form_are_not_credentials()
    {
        await using var mock = MockHost.Start();
        using var request = MockHost.LoginRequest("client", "secret");
        request.Headers.Authorization = null;
        request.Content = new FormUrlEncodedContent([
            new("grant_type", "client_credentials"),
            new("client_id", "client"),
            new("client_secret", "secret"),
        ]);

        await AssertRefusedAsync(mock, request, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public async Task Another_grant_is_not_supported()
    {
        await using var mock = MockHost.Start();
        using var request = MockHost.LoginRequest("client", "secret");
        request.Content = new FormUrlEncodedContent([new("grant_type", "password")]);

        await AssertRefusedAsync(mock, request, HttpStatusCode.BadRequest, "unsupported_grant_type");
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_an_invalid_request()
    {
        await using var mock = MockHost.Start();
        using var request = MockHost.LoginRequest("client", "secret");
        request.Content = JsonContent.Create(new { grant_type = "client_credentials" });

        await AssertRefusedAsync(mock, request, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task Too_many_logins_are_answered_with_400_and_not_429()
    {
        await using var mock = MockHost.Start(("Mock:Limits:TokenBurst", "2"), ("Mock:Limits:TokensPerSecond", "0.5"));
        await mock.TokenAsync();
        await mock.TokenAsync();

        await AssertRefusedAsync(
            mock,
            MockHost.LoginRequest("client", "secret"),
            HttpStatusCode.BadRequest,
            "invalid_request",
            "rate limit exceeded; "
        );
    }

    [Fact]
    public async Task Logins_are_possible_again_as_time_goes_by()
    {
        await using var mock = MockHost.Start(("Mock:Limits:TokenBurst", "1"), ("Mock:Limits:TokensPerSecond", "0.5"));
        await mock.TokenAsync();
        mock.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.NotEmpty(await mock.TokenAsync());
    }

    [Fact]
    public async Task Each_client_has_its_own_share_of_logins()
    {
        await using var mock = MockHost.Start(("Mock:Limits:TokenBurst", "1"));
        await mock.TokenAsync("one");

        Assert.NotEmpty(await mock.TokenAsync("other"));
    }

    [Fact]
    public async Task Login_and_api_are_two_hosts_that_know_nothing_of_each_other()
    {
        var loginPort = MockHost.FreePort();
        await using var mock = MockHost.Start(("LOGIN_PORT", $"{loginPort}"));
        using var login = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{loginPort}") };
        using var api = mock.Client();

        using var loggedIn = await login.SendAsync(MockHost.LoginRequest("client", "secret"), Cancellation);
        using var loginAtApi = await api.SendAsync(MockHost.LoginRequest("client", "secret"), Cancellation);
        using var apiAtLogin = await login.GetAsync("/api/v2/tokens/me", Cancellation);
        using var apiAtApi = await api.GetAsync("/api/v2/tokens/me", Cancellation);
        using var aliveAtLogin = await login.GetAsync("/alive", Cancellation);

        Assert.Equal(
            [
                HttpStatusCode.OK,
                HttpStatusCode.NotFound,
                HttpStatusCode.NotFound,
                HttpStatusCode.Unauthorized,
                HttpStatusCode.OK,
            ],
            [
                loggedIn.StatusCode,
                loginAtApi.StatusCode,
                apiAtLogin.StatusCode,
                apiAtApi.StatusCode,
                aliveAtLogin.StatusCode,
            ]
        );
    }

    private static async Task AssertRefusedAsync(
        MockHost mock,
        HttpRequestMessage request,
        HttpStatusCode status,
        string error,
        string description = ""
    )
    {
        using var client = mock.Client();
        using var response = await client.SendAsync(request, Cancellation);
        var answer = await response.JsonAsync();

        Assert.Equal((status, error), (response.StatusCode, answer.GetProperty("error").GetString()));
        Assert.StartsWith(description, answer.GetProperty("error_description").GetString(), StringComparison.Ordinal);
    }
}
