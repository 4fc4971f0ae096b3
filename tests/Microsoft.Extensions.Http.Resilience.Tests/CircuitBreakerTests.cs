using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Testing;

namespace Microsoft.Extensions.Http.Resilience.Tests;

public sealed class CircuitBreakerTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenth_of_failures_in_a_hundred_requests_opens_the_breaker()
    {
        var server = new CannedServer(
            _clock,
            (call, _) => Answer(call % 10 == 0 ? HttpStatusCode.BadGateway : HttpStatusCode.OK)
        );
        var client = Client.Of(server, _clock, WithoutRetry);

        await AskAsync(client, times: 100);

        await Assert.ThrowsAsync<BrokenCircuitException>(() => AskAsync(client, times: 1));
        Assert.Equal(100, server.Calls);
    }

    [Fact]
    public async Task After_five_seconds_one_request_may_try()
    {
        var server = new CannedServer(
            _clock,
            (call, _) => Answer(call <= 100 ? HttpStatusCode.BadGateway : HttpStatusCode.OK)
        );
        var client = Client.Of(server, _clock, WithoutRetry);
        await AskAsync(client, times: 100);

        _clock.Advance(TimeSpan.FromSeconds(5));
        await AskAsync(client, times: 2);

        Assert.Equal(102, server.Calls);
    }

    [Fact]
    public async Task Clients_of_one_name_share_what_the_breaker_has_seen()
    {
        var server = new CannedServer(_clock, (_, _) => Answer(HttpStatusCode.BadGateway));
        var factory = Client.Factory(server, _clock, WithoutRetry);

        await AskAsync(factory.CreateClient("test"), times: 100);

        await Assert.ThrowsAsync<BrokenCircuitException>(() => AskAsync(factory.CreateClient("test"), times: 1));
    }

    private static void WithoutRetry(HttpStandardResilienceOptions options) =>
        options.Retry.ShouldHandle = static _ => PredicateResult.False();

    private static Task<HttpResponseMessage> Answer(HttpStatusCode status) =>
        Task.FromResult(new HttpResponseMessage(status));

    private static async Task AskAsync(HttpClient client, int times)
    {
        for (var time = 0; time < times; time++)
        {
            using var response = await client.GetAsync(Client.Address, Cancellation);
        }
    }
}
