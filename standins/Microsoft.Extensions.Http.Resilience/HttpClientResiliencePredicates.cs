using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Microsoft.Extensions.Http.Resilience;

public static class HttpClientResiliencePredicates
{
    /// <summary>5xx, 408, 429, a connection that failed, or an attempt that took too long.</summary>
    public static bool IsTransient(Outcome<HttpResponseMessage> outcome) =>
        outcome switch
        {
            { Result.StatusCode: >= HttpStatusCode.InternalServerError } => true,
            { Result.StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests } => true,
            { Exception: HttpRequestException or TimeoutRejectedException } => true,
            _ => false,
        };

    internal static ValueTask<bool> HandleTransient(RetryPredicateArguments<HttpResponseMessage> arguments) =>
        HandleTransient(arguments.Outcome, arguments.Context);

    internal static ValueTask<bool> HandleTransient(CircuitBreakerPredicateArguments<HttpResponseMessage> arguments) =>
        HandleTransient(arguments.Outcome, arguments.Context);

    private static ValueTask<bool> HandleTransient(Outcome<HttpResponseMessage> outcome, ResilienceContext context) =>
        ValueTask.FromResult(IsTransient(outcome) || IsConnectTimeout(outcome, context));

    /// <summary>A connection that could not be made in time, where it is not the caller who gave up.</summary>
    private static bool IsConnectTimeout(Outcome<HttpResponseMessage> outcome, ResilienceContext context) =>
        outcome.Exception is OperationCanceledException { InnerException: TimeoutException }
        && !context.CancellationToken.IsCancellationRequested;
}
