using Polly;

namespace Microsoft.Extensions.Http.Resilience.Internal;

/// <summary>The request in the context of its execution, for the predicates that ask for it when there is no response.</summary>
internal static class RequestMessageProperty
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage> Key = new("Resilience.Http.RequestMessage");

    public static void SetRequestMessage(this ResilienceContext context, HttpRequestMessage request) =>
        context.Properties.Set(Key, request);

    public static HttpRequestMessage? GetRequestMessage(this ResilienceContext context) =>
        context.Properties.GetValue(Key, null!);
}
