using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util;

namespace ServiceDefaults.Wire;

/// <summary>Where the requests of a service go, and how they are signed for it.</summary>
internal sealed record WirePlace(Uri Url, SignatureV4 Signature)
{
    /// <exception cref="AmazonClientException">Nothing says in which region.</exception>
    public static WirePlace Of(IClientConfig config, AmazonWebServiceRequest example)
    {
        // Before the endpoint: where an endpoint is configured, the SDK forgets the region when it reads it.
        var configured = config.RegionEndpoint?.SystemName;
        var endpoint = config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(example));
        var url = new Uri(endpoint.URL);
        return new WirePlace(
            url,
            new SignatureV4(
                url.Authority,
                url.AbsolutePath,
                RegionOf(config, configured, url),
                config.AuthenticationServiceName
            )
        );
    }

    /// <summary>
    /// What was said expressly, else what the name of an AWS host says, else the configured region. The SDK is asked about a host only
    /// where that decides, as it does of a host of AWS: its table of regions costs a start 20 ms.
    /// </summary>
    private static string RegionOf(IClientConfig config, string? configured, Uri url)
    {
        if (config.AuthenticationRegion is { Length: > 0 } expressly)
        {
            return expressly;
        }

        var known = configured is { Length: > 0 } ? configured : null;
        var isOfAws = url.Host.Contains(".amazonaws.", StringComparison.Ordinal);
        if (known is not null && !isOfAws)
        {
            return known;
        }

        return AWSSDKUtils.DetermineRegion(url.ToString()) is { Length: > 0 } named
            ? named
            : known ?? throw new AmazonClientException($"No region is configured for {url.Host}: set AWS_REGION.");
    }
}
