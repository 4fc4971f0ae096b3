using System.Net;
using System.Text.Json;
using Amazon.Runtime;

namespace ServiceDefaults;

/// <summary>
/// What an AWS call that threw says about the world. A fault of the network or the service is expected and has a word; anything
/// else is a bug of ours and is thrown on.
/// </summary>
public enum AwsFault
{
    /// <summary>Not a fault of the world.</summary>
    None,

    /// <summary>The service asks for fewer calls.</summary>
    Throttled,

    /// <summary>No answer, a broken one, or a server error: the call may or may not have had its effect.</summary>
    Unavailable,

    /// <summary>The service understood and says no: a wrong name, no permission, an invalid value.</summary>
    Refused,
}

public static class AwsFaults
{
    /// <param name="exception">What the call threw.</param>
    /// <param name="ours">The token given to the call: a cancellation that it asked for is nobody's fault.</param>
    public static AwsFault Classify(Exception exception, CancellationToken ours) =>
        exception switch
        {
            OperationCanceledException when ours.IsCancellationRequested => AwsFault.None,
            AmazonServiceException service => Classify(service),
            // The SDK's own time-out comes as a TimeoutException.
            OperationCanceledException
            or TimeoutException
            or AmazonClientException
            or HttpRequestException
            or IOException
            or JsonException => AwsFault.Unavailable,
            _ => AwsFault.None,
        };

    /// <summary>A short word for logs and tags: the service's own error code, or the kind of the failure.</summary>
    public static string ReasonOf(Exception exception) =>
        exception is AmazonServiceException { ErrorCode.Length: > 0 } service
            ? service.ErrorCode
            : exception.GetType().Name;

    private static AwsFault Classify(AmazonServiceException exception) =>
        exception switch
        {
            { Retryable.Throttling: true } => AwsFault.Throttled,
            { StatusCode: HttpStatusCode.TooManyRequests } => AwsFault.Throttled,
            { ErrorCode: { } code } when IsThrottling(code) => AwsFault.Throttled,
            { StatusCode: 0 or >= HttpStatusCode.InternalServerError } => AwsFault.Unavailable,
            _ => AwsFault.Refused,
        };

    private static bool IsThrottling(string code) =>
        code.Contains("Throttl", StringComparison.Ordinal)
        || code.Contains("ThroughputExceeded", StringComparison.Ordinal)
        || code.Contains("RequestLimitExceeded", StringComparison.Ordinal)
        || code.Contains("OverLimit", StringComparison.Ordinal);
}
