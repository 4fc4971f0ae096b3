using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace AWSSDK.SQS.Tests.Answers;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("eu-central-1", false, false, "https://sqs.eu-central-1.amazonaws.com/")]
    [InlineData("cn-north-1", false, false, "https://sqs.cn-north-1.amazonaws.com.cn/")]
    [InlineData("us-east-1", true, false, "https://sqs-fips.us-east-1.amazonaws.com/")]
    [InlineData("us-east-1", false, true, "https://sqs.us-east-1.api.aws/")]
    [InlineData("us-east-1", true, true, "https://sqs-fips.us-east-1.api.aws/")]
    [InlineData("us-gov-west-1", true, false, "https://sqs.us-gov-west-1.amazonaws.com/")]
    public void The_endpoint_follows_from_region_and_partition(string region, bool fips, bool dualStack, string url)
    {
        var config = new AmazonSQSConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
            IgnoreConfiguredEndpointUrls = true,
        };

        Assert.Equal(url, Resolve(config));
    }

    [Fact]
    public void A_service_URL_is_taken_as_it_is()
    {
        Assert.Equal("http://localhost:4566/", Resolve(new AmazonSQSConfig { ServiceURL = "http://localhost:4566" }));
    }

    [Fact]
    public void FIPS_and_a_service_URL_exclude_each_other()
    {
        var config = new AmazonSQSConfig { ServiceURL = "http://localhost:4566", UseFIPSEndpoint = true };

        Assert.Throws<AmazonClientException>(() => Resolve(config));
    }

    [Fact]
    public void The_interface_can_be_a_type_argument()
    {
        using var sqs = new AmazonSQSClient("access", "secret", RegionEndpoint.EUCentral1);

        Assert.Same(sqs, Generic<IAmazonSQS>(sqs));
    }

    private static string Resolve(AmazonSQSConfig config) =>
        config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new ListQueuesRequest())).URL;

    private static T Generic<T>(T value) => value;
}
