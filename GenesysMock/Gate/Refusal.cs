using System.Globalization;
using GenesysMock.Limits;
using GenesysMock.Scenarios;

namespace GenesysMock.Gate;

/// <summary>The 429, as it is now, as it was, and as badly as it can be.</summary>
internal sealed class Refusal(TimeProvider time, Behaviour behaviour)
{
    public Task AnswerAsync(HttpContext context, Admission.Refused refused)
    {
        var options = behaviour.Limits;
        var seconds = ((long)Math.Ceiling(refused.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        switch (options.RetryAfter)
        {
            case RetryAfterStyle.Seconds:
                context.Response.Headers.RetryAfter = seconds;
                break;
            case RetryAfterStyle.Date:
                // The header has whole seconds, and one too early would be refused again.
                context.Response.Headers.RetryAfter = (time.GetUtcNow() + refused.RetryAfter)
                    .AddSeconds(1)
                    .ToString("R", CultureInfo.InvariantCulture);
                break;
            default:
                break;
        }

        return context.AnswerAsync(
            options.Body is RefusalBody.Legacy ? Legacy(refused.Limit) : Current(refused.Limit, seconds)
        );
    }

    private static ApiError Current(RateLimit limit, string seconds) =>
        new(
            429,
            "too.many.requests.retry.after",
            $"Rate limit exceeded the maximum. Retry the request in [{seconds}] seconds"
        )
        {
            Limit = new ErrorLimit(limit.Namespace, limit.Key, limit.Allowed),
        };

    private static ApiError Legacy(RateLimit limit) =>
        new(
            429,
            "too.many.requests",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Rate limit exceeded the maximum [{limit.Allowed}] requests within [{limit.Window.TotalSeconds}] seconds"
            )
        );
}
