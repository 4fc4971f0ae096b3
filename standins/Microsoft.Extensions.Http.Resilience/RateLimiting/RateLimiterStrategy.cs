using System.Threading.RateLimiting;

namespace Polly.RateLimiting;

/// <summary>Lets in as many as the limiter allows; the others fail at once, before they cost anything.</summary>
internal sealed class RateLimiterStrategy(RateLimiter limiter) : ResilienceStrategy<HttpResponseMessage>
{
    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback,
        ResilienceContext context,
        TState state
    )
    {
        using var lease = await limiter
            .AcquireAsync(permitCount: 1, context.CancellationToken)
            .ConfigureAwait(context.ContinueOnCapturedContext);

        return lease.IsAcquired
            ? await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext)
            : Outcome.FromException<HttpResponseMessage>(new RateLimiterRejectedException());
    }
}
