using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Testing;

namespace Processor.Tests.Lambda;

/// <summary>The built Processor as a custom runtime, on the emulators and a fake Runtime API.</summary>
public sealed class LambdaFunction : IAsyncLifetime
{
    private Emulators _emulators = null!;
    private Process _process = null!;

    internal FakeRuntimeApi Runtime { get; private set; } = null!;

    internal AmazonSQSClient Sqs { get; private set; } = null!;

    internal AmazonDynamoDBClient DynamoDb { get; private set; } = null!;

    internal string DeadLettersUrl { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _emulators = await Emulators.StartAsync(cancellationToken);
        Runtime = await FakeRuntimeApi.StartAsync(cancellationToken);
        Sqs = _emulators.CreateSqsClient();
        DynamoDb = _emulators.CreateDynamoDbClient();

        await Sqs.CreateQueueAsync(new CreateQueueRequest("genesys-events"), cancellationToken);
        await Sqs.CreateQueueAsync(new CreateQueueRequest("conversation-enrichment"), cancellationToken);
        DeadLettersUrl = (
            await Sqs.CreateQueueAsync(new CreateQueueRequest("genesys-events-dlq"), cancellationToken)
        ).QueueUrl;
        await DynamoDb.MakeTableAsync("conversation-events", ["subject", "event"], cancellationToken);
        await DynamoDb.MakeTableAsync("message-attempts", ["eventKey"], cancellationToken);

        _process = Start(Runtime.Address, _emulators.Environment);
    }

    public async ValueTask DisposeAsync()
    {
        using (Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await _process
                .WaitForExitAsync(CancellationToken.None)
                .WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
        }

        _process.Dispose();
        Sqs.Dispose();
        DynamoDb.Dispose();
        await Runtime.DisposeAsync();
        await _emulators.DisposeAsync();
    }

    internal static Process Start(string runtimeApi, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Repository.ProgramOf("Processor")])
        {
            Environment = { ["AWS_LAMBDA_RUNTIME_API"] = runtimeApi, ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    internal async Task<int> RecordedAsync(string subject, CancellationToken cancellationToken)
    {
        var response = await DynamoDb.QueryAsync(
            new QueryRequest("conversation-events")
            {
                KeyConditionExpression = "subject = :subject",
                ExpressionAttributeValues = new() { [":subject"] = new AttributeValue(subject) },
                ConsistentRead = true,
            },
            cancellationToken
        );
        return response.Count ?? 0;
    }
}
