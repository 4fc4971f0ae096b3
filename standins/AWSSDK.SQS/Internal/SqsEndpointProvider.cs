using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Amazon.SQS.Internal;

/// <summary>The public endpoint rules of SQS: a given URL as it is, else the host of region and partition.</summary>
internal sealed class SqsEndpointProvider : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var given = (SqsEndpointParameters)parameters;

        // Not cached: Core appends a slash to the endpoint it gets.
        return new Endpoint(string.IsNullOrEmpty(given.Endpoint) ? OfRegion(given) : Custom(given, given.Endpoint));
    }

    private static string Custom(SqsEndpointParameters given, string url)
    {
        if (given.UseFIPS || given.UseDualStack)
        {
            throw new AmazonClientException(
                $"Invalid Configuration: {(given.UseFIPS ? "FIPS" : "Dualstack")} and custom endpoint are not supported"
            );
        }

        return url;
    }

    private static string OfRegion(SqsEndpointParameters given)
    {
        var region = given.Region ?? throw new AmazonClientException("Invalid Configuration: Missing Region");
        var partition = Fn.Partition(region);
        Require(!given.UseFIPS || partition.supportsFIPS, "FIPS");
        Require(!given.UseDualStack || partition.supportsDualStack, "DualStack");

        var suffix = given.UseDualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;

        // In GovCloud the ordinary host is the FIPS one.
        var govCloud = partition.name == "aws-us-gov" && !given.UseDualStack;
        var service = given.UseFIPS && !govCloud ? "sqs-fips" : "sqs";
        return $"https://{service}.{region}.{suffix}";
    }

    private static void Require(bool supported, string feature)
    {
        if (!supported)
        {
            throw new AmazonClientException($"{feature} is enabled but this partition does not support {feature}");
        }
    }
}
