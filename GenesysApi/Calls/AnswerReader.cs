using System.Net;
using System.Text.Json;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace GenesysApi.Calls;

/// <summary>The one place that turns what HTTP gave us into an outcome.</summary>
internal sealed class AnswerReader(TimeProvider time)
{
    /// <summary>When an open circuit does not say how long it stays so.</summary>
    private static readonly TimeSpan CircuitWait = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan CrowdedWait = TimeSpan.FromSeconds(1);

    /// <summary>How long to leave a client alone whose fresh token was refused.</summary>
    private static readonly TimeSpan UnauthorizedWait = TimeSpan.FromSeconds(30);

    public async Task<ApiOutcome<T>> ReadAsync<T>(
        ApiCall call,
        CallTrace trace,
        HttpResponseMessage response,
        Func<byte[], T?> parse,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (trace.Withheld is { } withheld)
        {
            return new ApiOutcome<T>.Deferred(withheld.Until, withheld.Reason, withheld.By);
        }

        if (response.IsSuccessStatusCode)
        {
            return await ParseAsync(response, parse, cancellationToken);
        }

        var now = time.GetUtcNow();
        var status = (int)response.StatusCode;
        var code = (await ErrorBody.ReadAsync(response.Content, cancellationToken))?.Code;
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new ApiOutcome<T>.Deferred(
                now + UnauthorizedWait,
                code ?? "unauthorized",
                "token"
            ),
            HttpStatusCode.NotFound when now < call.NotYetUntil => new ApiOutcome<T>.NotYet(),
            HttpStatusCode.Conflict => new ApiOutcome<T>.Unavailable($"http {status}"),

            // Only 503 says that nothing was done.
            HttpStatusCode.RequestTimeout
            or >= HttpStatusCode.InternalServerError
                when call.HasEffect && response.StatusCode != HttpStatusCode.ServiceUnavailable =>
                new ApiOutcome<T>.Ambiguous($"http {status}"),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => RetryAfter.From(
                response.Headers,
                now
            )
                is { } wait
                ? new ApiOutcome<T>.Deferred(now + wait, $"http {status}", "server")
                : new ApiOutcome<T>.Unavailable($"http {status}"),
            _ => new ApiOutcome<T>.Rejected(status, code is { Length: > 0 and <= 100 } ? code : $"http {status}"),
        };
    }

    /// <summary>What a failure without an answer means; nothing if it is no failure of the world.</summary>
    public ApiOutcome<T>? Read<T>(
        ApiCall call,
        CallTrace trace,
        Exception exception,
        CancellationToken cancellationToken
    ) =>
        exception switch
        {
            BrokenCircuitException broken => new ApiOutcome<T>.Deferred(
                time.GetUtcNow() + (broken.RetryAfter ?? CircuitWait),
                "circuit open",
                "circuit"
            ),
            // Nothing left this process: the time went into waiting for a token or a permit, and nothing failed.
            TimeoutRejectedException when !trace.Sent => new ApiOutcome<T>.Deferred(
                time.GetUtcNow() + CrowdedWait,
                "waited too long",
                "client"
            ),
            TimeoutRejectedException => Lost<T>(call, trace, "timeout"),
            ExecutionRejectedException => new ApiOutcome<T>.Deferred(
                time.GetUtcNow() + CrowdedWait,
                "too many calls at once",
                "client"
            ),
            OperationCanceledException when !cancellationToken.IsCancellationRequested => Lost<T>(
                call,
                trace,
                "timeout"
            ),
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError
            } unreached => new ApiOutcome<T>.Unavailable($"{unreached.HttpRequestError}"),
            HttpRequestException lost => Lost<T>(call, trace, $"{lost.HttpRequestError}"),
            IOException => Lost<T>(call, trace, "connection lost"),
            _ => null,
        };

    private static ApiOutcome<T> Lost<T>(ApiCall call, CallTrace trace, string reason) =>
        call.HasEffect && trace.Sent ? new ApiOutcome<T>.Ambiguous(reason) : new ApiOutcome<T>.Unavailable(reason);

    private static async Task<ApiOutcome<T>> ParseAsync<T>(
        HttpResponseMessage response,
        Func<byte[], T?> parse,
        CancellationToken cancellationToken
    )
        where T : class
    {
        try
        {
            return parse(await response.Content.ReadAsByteArrayAsync(cancellationToken)) is { } value
                ? new ApiOutcome<T>.Answered(value)
                : new ApiOutcome<T>.Unavailable("empty answer");
        }
        catch (JsonException)
        {
            return new ApiOutcome<T>.Unavailable("unreadable answer");
        }
    }
}
