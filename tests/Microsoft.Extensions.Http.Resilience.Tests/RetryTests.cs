using System.Net;
using System.Net.Http.Headers;
using Testing;

namespace Microsoft.Extensions.Http.Resilience.Tests;

public sealed class RetryTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task A_transient_answer_is_asked_again_after_two_four_and_eight_seconds(HttpStatusCode transient)
    {
        var server = CannedServer.ThatAnswers(_clock, transient);

        var request = Client.Of(server, _clock).GetAsync(Client.Address, Cancellation);
        await AdvanceAfterCallAsync(server, call: 1, seconds: 2);
        await AdvanceAfterCallAsync(server, call: 2, seconds: 4);
        await AdvanceAfterCallAsync(server, call: 3, seconds: 8);

        Assert.Equal(transient, (await request).StatusCode);
        Assert.Equal([2, 4, 8], server.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.NotFound)]
    public async Task An_answer_that_would_be_the_same_again_is_the_answer(HttpStatusCode status)
    {
        var server = CannedServer.ThatAnswers(_clock, status);

        var response = await Client.Of(server, _clock).GetAsync(Client.Address, Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(1, server.Calls);
    }

    [Fact]
    public async Task A_connection_that_fails_is_made_again()
    {
        var server = new CannedServer(
            _clock,
            (call, _) => call == 1 ? throw new HttpRequestException("refused") : Ok()
        );

        var request = Client.Of(server, _clock).GetAsync(Client.Address, Cancellation);
        await AdvanceAfterCallAsync(server, call: 1, seconds: 2);

        Assert.Equal(HttpStatusCode.OK, (await request).StatusCode);
    }

    [Fact]
    public async Task The_server_says_how_long_to_wait()
    {
        var server = new CannedServer(_clock, (call, _) => call == 1 ? TooManyRequests(retryAfterSeconds: 7) : Ok());

        var request = Client.Of(server, _clock).GetAsync(Client.Address, Cancellation);
        await AdvanceAfterCallAsync(server, call: 1, seconds: 7);

        Assert.Equal(HttpStatusCode.OK, (await request).StatusCode);
        Assert.Equal([7], server.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task The_server_is_not_heard_where_it_is_not_to_be()
    {
        var server = new CannedServer(_clock, (call, _) => call == 1 ? TooManyRequests(retryAfterSeconds: 7) : Ok());

        var request = Client
            .Of(server, _clock, options => options.Retry.ShouldRetryAfterHeader = false)
            .GetAsync(Client.Address, Cancellation);
        await AdvanceAfterCallAsync(server, call: 1, seconds: 2);

        Assert.Equal(HttpStatusCode.OK, (await request).StatusCode);
    }

    [Theory]
    [InlineData("POST", 1)]
    [InlineData("PATCH", 1)]
    [InlineData("PUT", 1)]
    [InlineData("DELETE", 1)]
    [InlineData("GET", 2)]
    public async Task What_must_not_happen_twice_is_not_tried_twice(string method, int calls)
    {
        var server = CannedServer.ThatAnswers(_clock, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        using var message = new HttpRequestMessage(new HttpMethod(method), Client.Address);

        var request = Client
            .Of(server, _clock, options => options.Retry.DisableForUnsafeHttpMethods())
            .SendAsync(message, Cancellation);
        if (calls > 1)
        {
            await AdvanceAfterCallAsync(server, call: 1, seconds: 2);
        }

        await request;
        Assert.Equal(calls, server.Calls);
    }

    [Fact]
    public async Task A_method_can_be_kept_from_retries_where_there_is_no_answer_to_see_it_in()
    {
        var server = new CannedServer(_clock, (_, _) => throw new HttpRequestException("refused"));

        await Assert.ThrowsAsync<HttpRequestException>(() =>
            Client
                .Of(server, _clock, options => options.Retry.DisableFor(HttpMethod.Get))
                .GetAsync(Client.Address, Cancellation)
        );

        Assert.Equal(1, server.Calls);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_asked_again()
    {
        using var caller = new CancellationTokenSource();
        var server = new CannedServer(_clock, (_, _) => TooManyRequests(retryAfterSeconds: 7));

        var request = Client.Of(server, _clock).GetAsync(Client.Address, caller.Token);
        await server.UntilPausedAfterCallAsync(1);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        Assert.Equal(1, server.Calls);
    }

    private static Task<HttpResponseMessage> Ok() => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));

    private static Task<HttpResponseMessage> TooManyRequests(int retryAfterSeconds) =>
        Task.FromResult(
            new HttpResponseMessage(HttpStatusCode.TooManyRequests)
            {
                Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(retryAfterSeconds)) },
            }
        );

    private async Task AdvanceAfterCallAsync(CannedServer server, int call, int seconds)
    {
        await server.UntilPausedAfterCallAsync(call);
        _clock.Advance(TimeSpan.FromSeconds(seconds));
    }
}
