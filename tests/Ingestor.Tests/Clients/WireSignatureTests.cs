using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Ingestor.Tests.Hosting;
using ServiceDefaults.Wire;

namespace Ingestor.Tests.Clients;

/// <summary>
/// The signature that our own requests carry, as it stands on a real connection, held against a verifier that real SDKs pass: the host
/// with its port, the content type and the token as they were really sent.
/// </summary>
public sealed class WireSignatureTests : IAsyncDisposable
{
    private const string Secret = "a-secret-for-tests";

    private readonly RunningIngestor _ingestor = new RunningIngestor()
        .With("AccessKeyId", "AKIDEXAMPLE")
        .With("SecretAccessKey", Secret);

    public ValueTask DisposeAsync() => _ingestor.DisposeAsync();

    [Fact]
    public async Task A_request_is_accepted_by_whoever_verifies_it()
    {
        var answer = await PutAsync(new BasicAWSCredentials("AKIDEXAMPLE", Secret));

        using var document = JsonDocument.Parse(answer);
        Assert.Equal(0, document.RootElement.GetProperty("FailedEntryCount").GetInt32());
        Assert.Single(_ingestor.Queue.Bodies);
    }

    [Fact]
    public async Task A_session_token_does_not_break_the_signature()
    {
        await PutAsync(new SessionAWSCredentials("AKIDEXAMPLE", Secret, "a-token"));

        Assert.Single(_ingestor.Queue.Bodies);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<AmazonServiceException>(() =>
            PutAsync(new BasicAWSCredentials("AKIDEXAMPLE", "another-secret"))
        );

        Assert.Equal("InvalidSignatureException", refusal.ErrorCode);
        Assert.Empty(_ingestor.Queue.Bodies);
    }

    private async Task<string> PutAsync(AWSCredentials credentials)
    {
        using var client = _ingestor.Start();
        var wire = new AwsWire(
            new AmazonDynamoDBConfig
            {
                ServiceURL = client.BaseAddress!.ToString(),
                AuthenticationRegion = "us-east-1",
                AuthenticationServiceName = "events",
                DefaultAWSCredentials = credentials,
            },
            "AWSEvents",
            new ListTablesRequest(),
            TimeProvider.System,
            "application/x-amz-json-1.1"
        );
        var entries = """
            {"Entries":[{"Source":"test","DetailType":"v2.detail.events.conversation.{id}.customer.end","Detail":"{\"eventBody\":{}}"}]}
            """;
        using var answer = await wire.CallAsync(
            "PutEvents",
            Encoding.UTF8.GetBytes(entries),
            TestContext.Current.CancellationToken
        );
        return Encoding.UTF8.GetString(answer.Written.Span);
    }
}
