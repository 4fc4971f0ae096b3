using System.Net;
using Polly.RateLimiting;
using Testing;

namespace Microsoft.Extensions.Http.Resilience.Tests;

public sealed class RateLimiterTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task More_requests_at_once_than_allowed_are_rejected_without_a_call()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        var server = new CannedServer(_clock, (_, _) => answer.Task);
        var client = Client.Of(
            server,
            _clock,
            options => options.RateLimiter.DefaultRateLimiterOptions.PermitLimit = 1
        );
        var first = client.GetAsync(Client.Address, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<RateLimiterRejectedException>(() =>
            client.GetAsync(Client.Address, TestContext.Current.CancellationToken)
        );

        answer.SetResult(new HttpResponseMessage(HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.Equal(1, server.Calls);
    }
}
