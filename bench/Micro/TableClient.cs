using System.Text;
using Amazon.DynamoDBv2;
using Amazon.Runtime;
using BenchmarkDotNet.Attributes;
using Events;
using Processor.Processing;
using Processor.Recording;
using Processor.Testing.Building;
using Processor.Testing.Watching;

namespace Micro;

/// <summary>A write of ten items, from the call to what the answer says of them, with an answer that is there at once.</summary>
public class TableClient : IDisposable
{
    private const string Table = "conversation-events";

    private readonly CannedHttp _http = new();
    private readonly SilentMeters _metrics = new();
    private readonly AmazonDynamoDBClient _dynamoDb;
    private readonly DynamoDbEventTable _table;
    private readonly EventItem[] _items =
    [
        .. Samples
            .Call("bench-conversation")
            .Select(body => EventDecoder.Decode(Encoding.UTF8.GetBytes(body)))
            .OfType<Decoded.Event>()
            .SelectMany(decoded =>
                EventItems.Of(decoded.Value, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, TimeSpan.FromDays(90))
            )
            .Take(10),
    ];

    public TableClient()
    {
        _http.Answer = Encoding.UTF8.GetBytes(
            $$"""{"UnprocessedItems":{},"ConsumedCapacity":[{"TableName":"{{Table}}","CapacityUnits":10}]}"""
        );
        _dynamoDb = new AmazonDynamoDBClient(
            new AmazonDynamoDBConfig
            {
                DefaultAWSCredentials = new BasicAWSCredentials("test", "test"),
                ServiceURL = "http://dynamodb.test",
                AuthenticationRegion = "us-east-1",
                HttpClientFactory = _http,
            }
        );
        _table = new DynamoDbEventTable(_dynamoDb, Table, new Ledger(_metrics), TimeProvider.System);
    }

    [Benchmark(Description = "write ten: encode, sign, parse")]
    public async Task<bool> WriteTen() =>
        await _table.WriteAsync(_items, CancellationToken.None) == WriteAnswer.Written.All;

    public void Dispose()
    {
        _dynamoDb.Dispose();
        _metrics.Dispose();
    }
}
