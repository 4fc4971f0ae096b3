using System.Net;
using Amazon.Runtime;
using Amazon.SQS;

namespace ServiceDefaults.Tests;

public sealed class AwsFaultsTests
{
    public static TheoryData<string, Exception, AwsFault> Faults =>
        new()
        {
            {
                "throughput",
                Service("ProvisionedThroughputExceededException", HttpStatusCode.BadRequest),
                AwsFault.Throttled
            },
            { "throttled by code", Service("ThrottlingException", HttpStatusCode.BadRequest), AwsFault.Throttled },
            { "throttled by status", Service("x", HttpStatusCode.TooManyRequests), AwsFault.Throttled },
            { "over limit", Service("OverLimit", HttpStatusCode.Forbidden), AwsFault.Throttled },
            { "server error", Service("InternalFailure", HttpStatusCode.InternalServerError), AwsFault.Unavailable },
            { "refused", Service("ValidationException", HttpStatusCode.BadRequest), AwsFault.Refused },
            { "no answer", new HttpRequestException("refused"), AwsFault.Unavailable },
            { "cut off", new IOException("reset"), AwsFault.Unavailable },
            { "time-out of the client", new TaskCanceledException(), AwsFault.Unavailable },
            { "time-out of the SDK", new TimeoutException("The operation was canceled."), AwsFault.Unavailable },
            { "no credentials", new AmazonClientException("none"), AwsFault.Unavailable },
            { "a bug", new InvalidOperationException("ours"), AwsFault.None },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_of_the_world_has_a_kind_and_a_bug_has_none(string what, Exception exception, AwsFault expected)
    {
        var fault = AwsFaults.Classify(exception, TestContext.Current.CancellationToken);

        Assert.True(fault == expected, $"{what}: {fault}");
    }

    [Fact]
    public void A_cancellation_that_we_asked_for_is_no_fault()
    {
        using var ours = new CancellationTokenSource();
        ours.Cancel();

        Assert.Equal(AwsFault.None, AwsFaults.Classify(new OperationCanceledException(), ours.Token));
    }

    [Fact]
    public void A_reason_is_the_services_own_code_or_the_kind_of_the_failure()
    {
        Assert.Equal("OverLimit", AwsFaults.ReasonOf(Service("OverLimit", HttpStatusCode.Forbidden)));
        Assert.Equal(nameof(HttpRequestException), AwsFaults.ReasonOf(new HttpRequestException("x")));
    }

    private static AmazonSQSException Service(string code, HttpStatusCode status) =>
        new("x", null, ErrorType.Unknown, code, "request", status);
}
