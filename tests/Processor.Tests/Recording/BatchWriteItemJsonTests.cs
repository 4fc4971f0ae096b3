using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Processor.Recording;
using Processor.Tests.Contracts;
using ServiceDefaults.Wire;
using Testing;

namespace Processor.Tests.Recording;

public sealed class BatchWriteItemJsonTests
{
    private static readonly EventItem Plain = new("conversation:c", "00000000000001#k", "kind", "e\"1\"", 1, 2, 3, 4)
    {
        Body = """{"note":"é+<"}""",
    };

    private static readonly EventItem Compressed = Plain with
    {
        Sort = "00000000000002#k",
        Body = null,
        BrotliBody = new byte[] { 0, 255, 62 },
        Parts = 2,
    };

    [Fact]
    public async Task A_write_is_the_sdks()
    {
        using var service = new CannedService();
        using var dynamoDb = service.CreateDynamoDbClient();
        service.Answer(HttpStatusCode.OK, "{}");
        await dynamoDb.BatchWriteItemAsync(
            new BatchWriteItemRequest
            {
                RequestItems = new()
                {
                    ["events"] =
                    [
                        Put(new("conversation:c"), "00000000000001#k", new() { ["body"] = new(Plain.Body) }),
                        Put(
                            new("conversation:c"),
                            "00000000000002#k",
                            new()
                            {
                                ["brotliBody"] = new() { B = new MemoryStream([0, 255, 62]) },
                                ["parts"] = new() { N = "2" },
                            }
                        ),
                    ],
                },
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            },
            TestContext.Current.CancellationToken
        );

        using var ours = new PooledBuffer();
        BatchWriteItemJson.Write(ours, "events", [Plain, Compressed]);

        SdksRequest.AssertSame(service, $"DynamoDB_20120810.{BatchWriteItemJson.Operation}", ours);
    }

    [Fact]
    public void What_was_not_written_is_told_by_its_place()
    {
        var (units, unprocessed) = Read(
            """
            {"UnprocessedItems":{"events":[{"PutRequest":{"Item":{"event":{"S":"00000000000002#k"},"subject":{"S":"conversation:c"}}}}]},
            "ConsumedCapacity":[{"TableName":"events","CapacityUnits":1.5},{"TableName":"events","CapacityUnits":2}]}
            """
        );

        Assert.Equal(3.5, units);
        Assert.Equal([1], unprocessed);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"UnprocessedItems":{}}""")]
    [InlineData("""{"UnprocessedItems":null,"ConsumedCapacity":null}""")]
    public void An_answer_that_names_nothing_wrote_everything(string answer) => Assert.Empty(Read(answer).Unprocessed);

    [Theory]
    [InlineData(
        """{"UnprocessedItems":{"events":[{"PutRequest":{"Item":{"event":{"S":"x"},"subject":{"S":"y"}}}}]}}"""
    )]
    [InlineData("""{"UnprocessedItems":{"events":[{"DeleteRequest":{}}]}}""")]
    [InlineData("""{"UnprocessedItems":{"events":7}}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public void What_is_no_answer_of_DynamoDB_is_refused(string answer) =>
        Assert.ThrowsAny<JsonException>(() => Read(answer));

    private static (double Units, List<int> Unprocessed) Read(string answer) =>
        BatchWriteItemJson.Read(Encoding.UTF8.GetBytes(answer), "events", [Plain, Compressed]);

    private static WriteRequest Put(AttributeValue subject, string sort, Dictionary<string, AttributeValue> body)
    {
        body["subject"] = subject;
        body["event"] = new(sort);
        body["kind"] = new("kind");
        body["envelopeId"] = new("e\"1\"");
        body["published"] = new() { N = "1" };
        body["received"] = new() { N = "2" };
        body["recorded"] = new() { N = "3" };
        body["expires"] = new() { N = "4" };
        return new WriteRequest(new PutRequest(body));
    }
}
