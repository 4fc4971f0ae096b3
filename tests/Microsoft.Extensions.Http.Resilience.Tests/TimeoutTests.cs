using System.Net;
using Polly.Timeout;
using Testing;

namespace Microsoft.Extensions.Http.Resilience.Tests;

public sealed class TimeoutTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_attempt_that_takes_ten_seconds_is_given_up_and_made_again()
    {
        var server = new CannedServer(
            _clock,
            (call, attempt) =>
                call == 1 ? NeverAsync(attempt) : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK))
        );

        var request = Client.Of(server, _clock).GetAsync(Client.Address, Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await server.UntilPausedAfterCallAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(HttpStatusCode.OK, (await request).StatusCode);
        Assert.Equal([12], server.Pauses.Select(pause => pause.TotalSeconds));
    }

    [Fact]
    public async Task A_request_ends_after_thirty_seconds_whatever_it_does()
    {
        var server = new CannedServer(_clock, (_, attempt) => NeverAsync(attempt));

        var request = Client
            .Of(server, _clock, options => options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(15))
            .GetAsync(Client.Address, Cancellation);
        _clock.Advance(TimeSpan.FromSeconds(15));
        await server.UntilPausedAfterCallAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(15));

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => request);
    }

    private static async Task<HttpResponseMessage> NeverAsync(CancellationToken attempt)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, attempt);
        throw new InvalidOperationException("A delay without an end has ended.");
    }
}
