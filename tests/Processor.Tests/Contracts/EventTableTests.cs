using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Processor.Processing;
using Processor.Recording;
using Processor.Testing.Outside;
using Processor.Tests.Emulated;

namespace Processor.Tests.Contracts;

public sealed class FakeEventTableTests : EventTableContract
{
    private readonly FakeEventTable _table = new(TimeProvider.System, new Random(1));

    private protected override Task<IEventTable> NewTableAsync() => Task.FromResult<IEventTable>(_table);

    private protected override Task<IEventTable> NewMissingTableAsync()
    {
        _table.Faults.IsAway = true;
        return NewTableAsync();
    }

    private protected override Task<IReadOnlyList<EventItem>> ReadAllAsync() => Task.FromResult(_table.Items);
}

public sealed class DynamoDbEventTableTests(EmulatedAws aws) : EventTableContract, IDisposable
{
    private EmulatedPipeline? _pipeline;

    public void Dispose() => _pipeline?.Dispose();

    private protected override async Task<IEventTable> NewTableAsync()
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        return _pipeline.Seams(TimeProvider.System).Table;
    }

    private protected override async Task<IEventTable> NewMissingTableAsync()
    {
        _pipeline = await aws.NewPipelineAsync(TestContext.Current.CancellationToken);
        return new DynamoDbEventTable(
            _pipeline.DynamoDb,
            "nobody-made-it",
            new Ledger(_pipeline.Metrics),
            TimeProvider.System
        );
    }

    private protected override async Task<IReadOnlyList<EventItem>> ReadAllAsync() =>
        [.. (await _pipeline!.EventItemsAsync(TestContext.Current.CancellationToken)).Select(Read)];

    private static EventItem Read(Dictionary<string, AttributeValue> item) =>
        new(
            item["subject"].S,
            item["event"].S,
            item["kind"].S,
            item["envelopeId"].S,
            Number(item["published"]),
            Number(item["received"]),
            Number(item["recorded"]),
            Number(item["expires"])
        )
        {
            Body = item.GetValueOrDefault("body")?.S,
            BrotliBody = item.GetValueOrDefault("brotliBody")?.B is { } bytes
                ? (ReadOnlyMemory<byte>?)bytes.ToArray()
                : null,
            Parts = item.TryGetValue("parts", out var parts) ? (int)Number(parts) : 0,
        };

    private static long Number(AttributeValue value) => long.Parse(value.N, CultureInfo.InvariantCulture);
}
