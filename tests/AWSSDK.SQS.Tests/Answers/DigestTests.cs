using Amazon.SQS;
using Amazon.SQS.Model;

namespace AWSSDK.SQS.Tests.Answers;

/// <summary>The MD5 of another body stands for a body that was changed on its way.</summary>
public sealed class DigestTests
{
    private const string DigestOfBody = "841a2d689ad86bd1611447453c22c6fc";
    private const string DigestOfOther = "795f3202b17cb6bc3d4b771d8c6c9eaf";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DigestOfBody, true)]
    [InlineData("841A2D689AD86BD1611447453C22C6FC", true)]
    [InlineData(DigestOfOther, false)]
    [InlineData("", false)]
    public async Task A_received_body_must_have_its_digest(string digest, bool accepted)
    {
        await AssertAsync(
            accepted,
            $$"""{"Messages":[{"MessageId":"m-1","ReceiptHandle":"r-1","Body":"body","MD5OfBody":"{{digest}}"}]}""",
            sqs => sqs.ReceiveMessageAsync("http://queue", Token)
        );
    }

    [Theory]
    [InlineData(DigestOfBody, true)]
    [InlineData("", true)]
    [InlineData(DigestOfOther, false)]
    public async Task A_sent_body_must_have_arrived_as_it_was_sent(string digest, bool accepted)
    {
        await AssertAsync(
            accepted,
            $$"""{"MessageId":"m-1","MD5OfMessageBody":"{{digest}}"}""",
            sqs => sqs.SendMessageAsync("http://queue", "body", Token)
        );
    }

    [Theory]
    [InlineData("a", DigestOfBody, true)]
    [InlineData("a", DigestOfOther, false)]
    [InlineData("of another batch", DigestOfBody, false)]
    public async Task Each_sent_entry_must_have_arrived_as_it_was_sent(string id, string digest, bool accepted)
    {
        await AssertAsync(
            accepted,
            $$"""{"Successful":[{"Id":"{{id}}","MessageId":"m-1","MD5OfMessageBody":"{{digest}}"}]}""",
            sqs => sqs.SendMessageBatchAsync("http://queue", [new SendMessageBatchRequestEntry("a", "body")], Token)
        );
    }

    [Theory]
    [InlineData("00000000000000000000000000000000", false)]
    [InlineData("", true)]
    public async Task Sent_attributes_must_have_arrived_as_they_were_sent(string digest, bool accepted)
    {
        await AssertAsync(
            accepted,
            $$"""{"MessageId":"m-1","MD5OfMessageBody":"{{DigestOfBody}}","MD5OfMessageAttributes":"{{digest}}"}""",
            sqs =>
                sqs.SendMessageAsync(
                    new SendMessageRequest("http://queue", "body")
                    {
                        MessageAttributes = new()
                        {
                            ["reason"] = new() { DataType = "String", StringValue = "poison" },
                        },
                    },
                    Token
                )
        );
    }

    private static async Task AssertAsync(bool accepted, string answer, Func<IAmazonSQS, Task> callAsync)
    {
        await using var service = await LoopbackSqs.StartAsync(Answer.Ok(answer));
        using var sqs = service.CreateClient();

        var exception = await Record.ExceptionAsync(() => callAsync(sqs));

        Assert.Equal(accepted ? null : typeof(AmazonSQSException), exception?.GetType());
    }
}
