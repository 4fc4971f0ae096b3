using Amazon;
using Amazon.SQS;

namespace AWSSDK.SQS.Tests.Emulated;

/// <summary>Every other test names its endpoint itself, so these may change the environment of the process meanwhile.</summary>
public sealed class EnvironmentTests(EmulatedSqs emulated)
{
    [Fact]
    public async Task Endpoint_region_and_credentials_come_from_the_environment()
    {
        using var environment = new EnvironmentVariables
        {
            ["AWS_ENDPOINT_URL_SQS"] = emulated.Url,
            ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9",
            ["AWS_REGION"] = "eu-central-1",
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
        };
        using var sqs = new AmazonSQSClient();

        var created = await sqs.CreateQueueAsync(emulated.NewQueueName(), TestContext.Current.CancellationToken);

        Assert.Contains("eu-central-1", created.QueueUrl, StringComparison.Ordinal);
    }

    [Fact]
    public void A_region_in_code_goes_before_the_environment()
    {
        using var sqs = new AmazonSQSClient("test", "test", RegionEndpoint.EUWest1);

        Assert.Equal("eu-west-1", sqs.Config.RegionEndpoint.SystemName);
    }

    private sealed class EnvironmentVariables : IDisposable
    {
        private readonly Dictionary<string, string?> _before = [];

        public string this[string name]
        {
            set
            {
                _before[name] = Environment.GetEnvironmentVariable(name);
                Environment.SetEnvironmentVariable(name, value);
            }
        }

        public void Dispose()
        {
            foreach (var (name, value) in _before)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }
}
