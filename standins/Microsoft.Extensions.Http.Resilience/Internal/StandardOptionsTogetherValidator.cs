using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Http.Resilience.Internal;

/// <summary>What two values say together.</summary>
internal sealed class StandardOptionsTogetherValidator : IValidateOptions<HttpStandardResilienceOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpStandardResilienceOptions options)
    {
        var attempt = options.AttemptTimeout.Timeout;
        var total = options.TotalRequestTimeout.Timeout;
        var sampling = options.CircuitBreaker.SamplingDuration;
        var result = new ValidateOptionsResultBuilder();

        if (attempt > total)
        {
            result.AddError(
                $"The timeout of an attempt ({attempt}) must not be longer than that of the whole request ({total})."
            );
        }

        if (sampling < 2 * attempt)
        {
            result.AddError(
                $"The breaker's sampling ({sampling}) must be at least twice as long as an attempt ({attempt}), or it sees too little."
            );
        }

        return result.Build();
    }
}
