using System.Text;
using System.Text.Json.Nodes;
using ServiceDefaults.Wire;
using Testing;

namespace Processor.Tests.Contracts;

/// <summary>What goes straight onto the wire, beside what the SDK sent for the same.</summary>
internal static class SdksRequest
{
    /// <param name="service">It was asked once, by the SDK.</param>
    /// <param name="target">Of the header that names the operation.</param>
    /// <param name="ours">The body that we would have sent.</param>
    public static void AssertSame(CannedService service, string target, PooledBuffer ours)
    {
        var sdks = Assert.Single(service.Requests);
        Assert.Equal(target, sdks.Headers["X-Amz-Target"]);
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(sdks.Body), JsonNode.Parse(ours.Written.Span)),
            $"{sdks.Body} / {Encoding.UTF8.GetString(ours.Written.Span)}"
        );
    }
}
