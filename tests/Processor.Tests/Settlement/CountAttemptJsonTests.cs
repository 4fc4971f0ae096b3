using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Processor.Settlement;
using Processor.Tests.Contracts;
using ServiceDefaults.Wire;
using Testing;

namespace Processor.Tests.Settlement;

public sealed class CountAttemptJsonTests
{
    private const string Counter = "transientAttempts";

    [Fact]
    public async Task A_count_is_the_sdks()
    {
        using var service = new CannedService();
        using var dynamoDb = service.CreateDynamoDbClient();
        service.Answer(HttpStatusCode.OK, "{}");
        await dynamoDb.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = "attempts",
                Key = new() { ["eventKey"] = new AttributeValue("key \"1\"") },
                UpdateExpression =
                    "SET firstFailedAt = if_not_exists(firstFailedAt, :now), lastFailedAt = :now, expires = :expires ADD transientAttempts :one",
                ExpressionAttributeValues = new()
                {
                    [":now"] = new() { N = "1500" },
                    [":expires"] = new() { N = "60" },
                    [":one"] = new() { N = "1" },
                },
                ReturnValues = ReturnValue.ALL_NEW,
                ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
            },
            TestContext.Current.CancellationToken
        );

        using var ours = new PooledBuffer();
        CountAttemptJson.Write(
            ours,
            "attempts",
            "key \"1\"",
            Counter,
            DateTimeOffset.FromUnixTimeMilliseconds(1500),
            DateTimeOffset.FromUnixTimeSeconds(60)
        );

        SdksRequest.AssertSame(service, $"DynamoDB_20120810.{CountAttemptJson.Operation}", ours);
    }

    [Fact]
    public void The_answer_says_how_often_since_when_and_for_what()
    {
        var (attempts, firstFailedAt, units) = Read(
            """{"Attributes":{"transientAttempts":{"N":"3"},"firstFailedAt":{"N":"1500"}},"ConsumedCapacity":{"CapacityUnits":2.0}}"""
        );

        Assert.Equal(3, attempts);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1500), firstFailedAt);
        Assert.Equal(2, units);
    }

    [Fact]
    public void An_answer_that_tells_no_capacity_took_a_unit() =>
        Assert.Equal(1, Read("""{"Attributes":{"transientAttempts":{"N":"1"},"firstFailedAt":{"N":"1500"}}}""").Units);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"Attributes":{"transientAttempts":{"N":"many"},"firstFailedAt":{"N":"1500"}}}""")]
    [InlineData("""{"Attributes":{"transientAttempts":{"N":"1"}}}""")]
    [InlineData("""{"Attributes":{"transientAttempts":{"N":"9999999999"},"firstFailedAt":{"N":"1500"}}}""")]
    [InlineData("""{"Attributes":{"transientAttempts":{"N":"1"},"firstFailedAt":{"N":"9000000000000000000"}}}""")]
    [InlineData("""{"Attributes":{"transientAttempts":{"N":"-1"},"firstFailedAt":{"N":"1500"}}}""")]
    [InlineData("""{"Attributes":{"transientAttempts":{"S":"1"},"firstFailedAt":{"N":null}}}""")]
    public void What_is_no_answer_of_DynamoDB_is_refused(string answer) =>
        Assert.ThrowsAny<JsonException>(() => Read(answer));

    private static (int Attempts, DateTimeOffset FirstFailedAt, double Units) Read(string answer) =>
        CountAttemptJson.Read(Encoding.UTF8.GetBytes(answer), Counter);
}
