using System.Diagnostics;
using System.Globalization;
using System.Text;
using Amazon;

namespace AWSSDK.SQS.Tests.Answers;

public sealed class SigningTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_signed_for_the_service_and_the_region()
    {
        await using var service = await LoopbackSqs.StartAsync(Answer.Ok());
        using var sqs = service.CreateClient();

        await sqs.DeleteMessageAsync("http://queue", "handle", Token);

        var headers = Assert.Single(service.Requests).Headers;
        Assert.Matches(
            $"^AWS4-HMAC-SHA256 Credential={LoopbackSqs.AccessKey}/[0-9]{{8}}/eu-central-1/sqs/aws4_request, "
                + "SignedHeaders=[a-z0-9;-]*host;[a-z0-9;-]*x-amz-target[a-z0-9;-]*, Signature=[0-9a-f]{64}$",
            headers["Authorization"]
        );
        Assert.Contains("x-amz-date", headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_secret_key_is_in_no_request_and_in_no_log()
    {
        using var log = new StringWriter(new StringBuilder(), CultureInfo.InvariantCulture);
        using var listener = new TextWriterTraceListener(TextWriter.Synchronized(log), "log of the test");
        await using var service = await LoopbackSqs.StartAsync(Answer.Error("InvalidSecurity", status: 403));
        AWSConfigs.LoggingConfig.LogResponses = ResponseLoggingOption.Always;
        AWSConfigs.LoggingConfig.LogTo = LoggingOptions.SystemDiagnostics;
        AWSConfigs.AddTraceListener("Amazon", listener);
        try
        {
            using var sqs = service.CreateClient();
            await Assert.ThrowsAnyAsync<Amazon.SQS.AmazonSQSException>(() => sqs.ListQueuesAsync("", Token));
        }
        finally
        {
            AWSConfigs.RemoveTraceListener("Amazon", listener.Name);
            AWSConfigs.LoggingConfig.LogTo = LoggingOptions.None;
            AWSConfigs.LoggingConfig.LogResponses = ResponseLoggingOption.Never;
        }

        listener.Flush();
        var logged = log.ToString();
        var sent = Assert.Single(service.Requests);
        Assert.Contains("InvalidSecurity", logged, StringComparison.Ordinal);
        Assert.DoesNotContain(LoopbackSqs.SecretKey, logged, StringComparison.Ordinal);
        Assert.DoesNotContain(LoopbackSqs.SecretKey, sent.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(sent.Headers, header => header.Value.Contains(LoopbackSqs.SecretKey));
    }
}
