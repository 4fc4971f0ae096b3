using System.Net;
using GenesysApi.Tests.Simulated;
using GenesysApi.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Testing;

namespace GenesysApi.Tests.Tokens;

public sealed class TokenSourceTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly CannedServer _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_is_asked_for_with_basic_credentials_and_a_form()
    {
        HttpRequestMessage? asked = null;
        var body = "";
        _server.Login = async (request, token) =>
        {
            (asked, body) = (request, await request.Content!.ReadAsStringAsync(token));
            return CannedServer.Token("t");
        };

        await Source().GetAsync(Token);

        Assert.Equal("https://login.test/oauth/token", asked!.RequestUri!.ToString());
        Assert.Equal("Basic Y2xpZW50OnMzY3JldA==", asked.Headers.Authorization!.ToString());
        Assert.Equal("grant_type=client_credentials", body);
    }

    [Fact]
    public async Task Fifty_who_ask_at_once_share_one_request()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _server.Login = (_, _) => answer.Task;
        var source = Source();

        var asking = Enumerable.Range(0, 50).Select(_ => source.GetAsync(Token).AsTask()).ToList();
        answer.SetResult(CannedServer.Token("t"));
        var outcomes = await Task.WhenAll(asking);

        Assert.Equal(1, _server.TokensAsked);
        Assert.All(outcomes, outcome => Assert.Equal("t", ValueOf(outcome)));
    }

    [Fact]
    public async Task One_who_gives_up_waiting_does_not_take_the_answer_from_the_others()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _server.Login = (_, _) => answer.Task;
        var source = Source();
        using var impatience = new CancellationTokenSource();
        var impatient = source.GetAsync(impatience.Token).AsTask();
        var patient = source.GetAsync(Token).AsTask();

        await impatience.CancelAsync();
        answer.SetResult(CannedServer.Token("t"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal("t", ValueOf(await patient));
        Assert.Equal(1, _server.TokensAsked);
    }

    [Theory]
    [InlineData(86_400, 86_400 - 600, 86_400 - 295)]
    [InlineData(300, 200, 275)]
    public async Task A_token_is_renewed_ahead_of_its_end_and_not_before(int lifetime, int stillOld, int alreadyNew)
    {
        Mint(lifetime);
        var source = Source();
        await source.GetAsync(Token);

        _time.Advance(TimeSpan.FromSeconds(stillOld));
        var before = ValueOf(await source.GetAsync(Token));
        _time.Advance(TimeSpan.FromSeconds(alreadyNew - stillOld));
        var after = ValueOf(await source.GetAsync(Token));

        Assert.Equal(("token 1", "token 2"), (before, after));
    }

    [Fact]
    public async Task Tokens_of_five_minutes_are_not_asked_for_more_than_thrice_in_ten_minutes()
    {
        Mint(300);
        var source = Source();

        for (var second = 0; second < 600; second++)
        {
            await source.GetAsync(Token);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_server.TokensAsked, 2, 3);
    }

    [Fact]
    public async Task While_one_renews_the_others_go_on_with_the_old_token()
    {
        Mint(300);
        var source = Source();
        await source.GetAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(280));
        var renewal = new TaskCompletionSource<HttpResponseMessage>();
        _server.Login = (_, _) => renewal.Task;

        var first = source.GetAsync(Token).AsTask();
        var other = await source.GetAsync(Token);
        renewal.SetResult(CannedServer.Token("token 2"));

        Assert.Equal("token 1", ValueOf(other));
        Assert.Equal("token 2", ValueOf(await first));
    }

    [Fact]
    public async Task A_renewal_that_fails_leaves_the_old_token_in_use()
    {
        Mint(300);
        var source = Source();
        await source.GetAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(280));
        _server.Login = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));

        var outcome = await source.GetAsync(Token);

        Assert.Equal("token 1", ValueOf(outcome));
    }

    [Fact]
    public async Task A_refused_token_is_dropped_and_its_successor_is_not()
    {
        Mint(86_400);
        var source = Source();
        var first = TokenOf(await source.GetAsync(Token));

        source.Refused(first);
        var second = TokenOf(await source.GetAsync(Token));
        source.Refused(first);
        var third = TokenOf(await source.GetAsync(Token));

        Assert.Equal((1, 2, 2), (first.Generation, second.Generation, third.Generation));
    }

    [Fact]
    public async Task When_fresh_tokens_are_refused_one_after_the_other_no_more_are_asked_for_a_while()
    {
        Mint(86_400);
        var source = Source();
        source.Refused(TokenOf(await source.GetAsync(Token)));
        source.Refused(TokenOf(await source.GetAsync(Token)));

        var now = await source.GetAsync(Token);
        _time.Advance(TimeSpan.FromSeconds(3));
        var later = await source.GetAsync(Token);

        Assert.Equal("fresh token refused", Assert.IsType<TokenOutcome.Refused>(now).Code);
        Assert.Equal("token 3", ValueOf(later));
    }

    [Fact]
    public async Task A_failure_is_not_kept_for_longer_than_the_back_off()
    {
        _server.Login = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);
        var source = Source();
        Assert.IsType<TokenOutcome.Unavailable>(await source.GetAsync(Token));
        Mint(300);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("token 1", ValueOf(await source.GetAsync(Token)));
    }

    [Fact]
    public async Task A_login_host_that_is_down_is_asked_less_and_less_often()
    {
        _server.Login = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway));
        var source = Source();

        for (var tenth = 0; tenth < 6000; tenth++)
        {
            await source.GetAsync(Token);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(_server.TokensAsked, 20, 50);
    }

    [Fact]
    public async Task The_limit_of_the_token_endpoint_is_recognised_in_its_400()
    {
        _server.Login = (_, _) =>
            Task.FromResult(
                CannedServer.Json(
                    HttpStatusCode.BadRequest,
                    """{"error":"invalid_request","error_description":"rate limit exceeded; try again later"}"""
                )
            );
        var source = Source();

        var outcome = Assert.IsType<TokenOutcome.Throttled>(await source.GetAsync(Token));
        await source.GetAsync(Token);

        Assert.InRange(outcome.Until - _time.GetUtcNow(), TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(5));
        Assert.Equal(1, _server.TokensAsked);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public async Task Wrong_credentials_are_refused_by_their_code(HttpStatusCode status)
    {
        _server.Login = (_, _) => Task.FromResult(CannedServer.Json(status, """{"error":"invalid_client"}"""));

        var outcome = await Source().GetAsync(Token);

        Assert.Equal("invalid_client", Assert.IsType<TokenOutcome.Refused>(outcome).Code);
    }

    [Theory]
    [InlineData("<html>hello</html>")]
    [InlineData("{}")]
    [InlineData("""{"access_token":"","expires_in":300}""")]
    public async Task An_answer_that_is_no_token_is_no_token(string body)
    {
        _server.Login = (_, _) => Task.FromResult(CannedServer.Json(HttpStatusCode.OK, body));

        Assert.IsType<TokenOutcome.Unavailable>(await Source().GetAsync(Token));
    }

    [Fact]
    public async Task A_login_host_that_does_not_answer_is_left_after_the_time_out()
    {
        _server.Login = (_, token) =>
            Task.Delay(Timeout.InfiniteTimeSpan, _time, token)
                .ContinueWith(_ => new HttpResponseMessage(), Token, default, TaskScheduler.Default);
        var timer = _time.WaitForNextTimerAsync(Token);
        var asking = Source().GetAsync(Token).AsTask();
        await timer;

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("timeout", Assert.IsType<TokenOutcome.Unavailable>(await asking).Reason);
    }

    [Fact]
    public async Task Neither_the_token_nor_the_secret_prints_itself()
    {
        Mint(300);
        var outcome = await Source().GetAsync(Token);
        var options = Settings();

        var printed = $"{outcome} {TokenOf(outcome)} {TokenOf(outcome).Value} {options.ClientSecret}";

        Assert.DoesNotContain("token 1", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", printed, StringComparison.Ordinal);
        Assert.Contains("(redacted)", printed, StringComparison.Ordinal);
    }

    public void Dispose() => _server.Dispose();

    private void Mint(int lifetime)
    {
        var minted = 0;
        _server.Login = (_, _) => Task.FromResult(CannedServer.Token($"token {++minted}", lifetime));
    }

    private TokenSource Source() =>
        new(
            new TokenEndpoint(new OneHandler(_server), Options.Create(Settings()), _time),
            ATest.Metrics(),
            _time,
            new Random(1),
            NullLogger<TokenSource>.Instance
        );

    private static GenesysOptions Settings() =>
        new()
        {
            LoginBaseAddress = new Uri("https://login.test"),
            ClientId = "client",
            ClientSecret = new Secret("s3cret"),
        };

    private static AccessToken TokenOf(TokenOutcome outcome) => Assert.IsType<TokenOutcome.Issued>(outcome).Token;

    private static string ValueOf(TokenOutcome outcome) => TokenOf(outcome).Value.Reveal();

    private sealed class OneHandler(HttpMessageHandler handler) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(handler, disposeHandler: false);
    }
}
