using System.Text;
using System.Text.Json.Nodes;
using Events;
using Testing;

namespace Deploy.Tests.Deploying;

/// <summary>The native bridge on what speaks AWS: the stack is made, and an event goes over the bus into the queue.</summary>
public sealed class DeployTests(AwsEndpoint endpoint) : IClassFixture<AwsEndpoint>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_put_on_the_bus_arrives_in_the_queue_and_nothing_else_does()
    {
        endpoint.SkipWithout();
        var template = Template.Named("native-fargate");
        var sample = JsonNode
            .Parse(File.ReadAllText(Repository.PathOf("tests", "Events.Tests", "Samples", "eb-user-end.json")))!
            .AsObject();

        var stack = await DeployedStack.CreateAsync(endpoint, template, Cancel);
        await PutAsync((string)sample["source"]!, sample);
        await PutAsync("somebody.else", sample);

        Assert.Equal(NamesOf(template, "AWS::SQS::Queue", "QueueName"), await NamesOfQueuesAsync());
        Assert.Equal(NamesOf(template, "AWS::DynamoDB::Table", "TableName"), await NamesOfTablesAsync());
        var body = Assert.Single(await BodiesAsync(stack.Output("EventsQueueUrl")));
        Assert.True(JsonNode.DeepEquals(sample["detail"], JsonNode.Parse(body)!["detail"]));
        Assert.IsType<Decoded.Event>(EventDecoder.Decode(Encoding.UTF8.GetBytes(body)));
    }

    private async Task PutAsync(string source, JsonObject sample)
    {
        var answer = await endpoint.CallAsync(
            "events",
            "AWSEvents.PutEvents",
            new JsonObject
            {
                ["Entries"] = new JsonArray(
                    new JsonObject
                    {
                        ["EventBusName"] = DeployedStack.Bus,
                        ["Source"] = source,
                        ["DetailType"] = (string)sample["detail-type"]!,
                        ["Detail"] = sample["detail"]!.ToJsonString(),
                    }
                ),
            },
            Cancel
        );
        Assert.Equal(0, (int)answer["FailedEntryCount"]!);
    }

    private async Task<IReadOnlyList<string>> BodiesAsync(string queueUrl)
    {
        var answer = await endpoint.CallAsync(
            "sqs",
            "AmazonSQS.ReceiveMessage",
            new JsonObject
            {
                ["QueueUrl"] = queueUrl,
                ["MaxNumberOfMessages"] = 10,
                ["WaitTimeSeconds"] = 5,
            },
            Cancel
        );
        return [.. (answer["Messages"] as JsonArray ?? []).Select(message => (string)message!["Body"]!)];
    }

    private async Task<IEnumerable<string>> NamesOfQueuesAsync()
    {
        var answer = await endpoint.CallAsync("sqs", "AmazonSQS.ListQueues", [], Cancel);
        return answer["QueueUrls"]!
            .AsArray()
            .Select(url => ((string)url!).Split('/')[^1])
            .Order(StringComparer.Ordinal);
    }

    private async Task<IEnumerable<string>> NamesOfTablesAsync()
    {
        var answer = await endpoint.CallAsync("dynamodb", "DynamoDB_20120810.ListTables", [], Cancel);
        return answer["TableNames"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal);
    }

    /// <summary>The prefix of all names is empty unless it is given.</summary>
    private static IEnumerable<string> NamesOf(Template template, string type, string property) =>
        template
            .Of(type)
            .Select(resource => resource.Text(property)!.Replace("${NamePrefix}", "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
