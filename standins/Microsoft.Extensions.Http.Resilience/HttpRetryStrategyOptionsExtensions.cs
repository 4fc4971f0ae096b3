using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Http.Resilience.Internal;

namespace Microsoft.Extensions.Http.Resilience;

[Experimental("EXTEXP0001")]
public static class HttpRetryStrategyOptionsExtensions
{
    /// <summary>No retry of POST, PATCH, PUT, DELETE and CONNECT: the first attempt may have had its effect.</summary>
    public static void DisableForUnsafeHttpMethods(this HttpRetryStrategyOptions options) =>
        options.DisableFor(HttpMethod.Delete, HttpMethod.Post, HttpMethod.Put, HttpMethod.Connect, HttpMethod.Patch);

    public static void DisableFor(this HttpRetryStrategyOptions options, params HttpMethod[] methods)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(methods.Length);

        var shouldHandle = options.ShouldHandle;
        options.ShouldHandle = async arguments =>
        {
            var request = arguments.Outcome.Result?.RequestMessage ?? arguments.Context.GetRequestMessage();
            return !Array.Exists(methods, method => method == request?.Method) && await shouldHandle(arguments);
        };
    }
}
