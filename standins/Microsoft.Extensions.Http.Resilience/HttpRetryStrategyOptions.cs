using Polly;
using Polly.Retry;

namespace Microsoft.Extensions.Http.Resilience;

public class HttpRetryStrategyOptions : RetryStrategyOptions<HttpResponseMessage>
{
    private bool _shouldRetryAfterHeader;

    public HttpRetryStrategyOptions()
    {
        ShouldHandle = HttpClientResiliencePredicates.HandleTransient;
        BackoffType = DelayBackoffType.Exponential;
        UseJitter = true;
        ShouldRetryAfterHeader = true;
    }

    /// <summary>Whether to wait as long as the server asks, where it asks. Setting it replaces the delay generator.</summary>
    public bool ShouldRetryAfterHeader
    {
        get => _shouldRetryAfterHeader;
        set
        {
            _shouldRetryAfterHeader = value;
            DelayGenerator = value ? static arguments => ValueTask.FromResult(RetryAfter(arguments)) : null;
        }
    }

    /// <summary>Null, where the server does not ask, leaves the delay to the back-off.</summary>
    private static TimeSpan? RetryAfter(RetryDelayGeneratorArguments<HttpResponseMessage> arguments)
    {
        var header = arguments.Outcome.Result?.Headers.RetryAfter;
        // A date is measured by the machine's clock, as the real package does: the generator knows no other.
        var delay = header?.Delta ?? (header?.Date - TimeProvider.System.GetUtcNow());
        return delay >= TimeSpan.Zero ? delay : null;
    }
}
