using System.Text;
using System.Text.Json;
using Processor.Receiving;

namespace Processor.Tests.Receiving;

public sealed class ReceiveMessageJsonTests
{
    [Fact]
    public void A_message_is_read_with_all_it_says_of_itself()
    {
        var message = Assert.Single(
            Read(
                """
                {"Messages":[{"MessageId":"m-1","ReceiptHandle":"AQEB+/=","MD5OfBody":"x","Body":"{\"a\":\"\u00e9\\n\"}",
                "Attributes":{"SentTimestamp":"1773928800123","ApproximateReceiveCount":"3","MessageGroupId":"g","AWSTraceHeader":"Root=1"},
                "MessageAttributes":{"traceparent":{"DataType":"String","StringValue":"00-1"},"raw":{"DataType":"Binary","BinaryValue":"AA=="}},
                "Unheard":{"of":[1,2]}}],"AlsoUnheard":{}}
                """
            )
        );

        Assert.Equal("m-1", message.MessageId);
        Assert.Equal("AQEB+/=", message.ReceiptHandle);
        Assert.Equal("""{"a":"é\n"}""", message.Body);
        Assert.Equal(3, message.ReceiveCount);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1773928800123), message.SentAt);
        Assert.Equal("g", message.MessageGroupId);
        Assert.Equal("Root=1", message.TraceHeader);
        Assert.Equal("00-1", Assert.Single(message.Attributes).Value);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"Messages":null}""")]
    [InlineData("""{"Messages":[]}""")]
    public void No_messages_are_none(string answer) => Assert.Empty(Read(answer));

    [Fact]
    public void A_body_that_is_no_text_comes_as_it_stands()
    {
        var message = Assert.Single(
            Read("""{"Messages":[{"MessageId":"m","ReceiptHandle":"h","Body":"{\"a\":\"\ud800\"}"}]}""")
        );

        Assert.Contains("\\ud800", message.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Messages":[{"Attributes":null,"MessageId":"m","ReceiptHandle":"h","Body":"{}"}]}""")]
    [InlineData("""{"Messages":[{"MessageAttributes":[1],"MessageId":"m","ReceiptHandle":"h","Body":"{}"}]}""")]
    [InlineData("""{"Messages":[{"MessageAttributes":{"a":1},"MessageId":"m","ReceiptHandle":"h","Body":"{}"}]}""")]
    [InlineData(
        """{"Messages":[{"MessageAttributes":{"a":{"StringValue":"\ud800"}},"MessageId":"m","ReceiptHandle":"h","Body":"{}"}]}"""
    )]
    [InlineData(
        """{"Messages":[{"Attributes":{"SentTimestamp":"99999999999999999","ApproximateReceiveCount":7},"MessageId":"m","ReceiptHandle":"h","Body":"{}"}]}"""
    )]
    public void Attributes_of_another_shape_cost_no_message(string answer)
    {
        var message = Assert.Single(Read(answer));

        Assert.Equal("{}", message.Body);
        Assert.Empty(message.Attributes);
        Assert.Equal(DateTimeOffset.UnixEpoch, message.SentAt);
        Assert.Equal(1, message.ReceiveCount);
    }

    [Theory]
    [InlineData("""{"Messages":[{"MessageId":"m","ReceiptHandle":"h"}]}""")]
    [InlineData("""{"Messages":[{"MessageId":"m","ReceiptHandle":"h","Body":null}]}""")]
    [InlineData("""{"Messages":[{"MessageId":"m","ReceiptHandle":"h","Body":{"a":1}}]}""")]
    public void A_message_without_a_body_comes_empty(string answer) => Assert.Empty(Assert.Single(Read(answer)).Body);

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"Messages":[{"MessageId":"m","Body":"{}"}]}""")]
    [InlineData("""{"Messages":[{"ReceiptHandle":"h","Body":"{}"}]}""")]
    [InlineData("""{"Messages":[{"MessageId":"m","Receip""")]
    public void What_is_no_answer_of_SQS_is_refused(string answer) =>
        Assert.ThrowsAny<JsonException>(() => Read(answer));

    private static List<ReceivedMessage> Read(string answer) => ReceiveMessageJson.Read(Encoding.UTF8.GetBytes(answer));
}
