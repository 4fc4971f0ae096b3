using System.Text;
using Events;
using Processor.Enrichment;
using Processor.Enrichment.Timeline;
using Processor.Recording;
using Testing;

namespace Processor.Tests.Enrichment;

/// <summary>What the recorder wrote is what the timeline reads.</summary>
public sealed class DynamoDbTimelineTableTests(EmulatedTables tables)
    : TimelineTableContract,
        IClassFixture<EmulatedTables>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_says_when_it_arrived()
    {
        await RecordAsync(Envelopes());

        Assert.All(
            await ReadAsync(TimelineSamples.ConversationId),
            recorded => Assert.Equal(Arrival, recorded.ReceivedAt)
        );
    }

    [Fact]
    public async Task Bodies_in_parts_are_one_event_each()
    {
        const string Id = "11111111-d2b6-5e0c-b16f-9e167586ddca";
        var random = new Random(1);
        var notes = Convert.ToBase64String(Enumerable.Range(0, 600_000).Select(_ => (byte)random.Next(256)).ToArray());
        var envelope = Envelopes()[^1]
            .Replace(TimelineSamples.ConversationId, Id, StringComparison.Ordinal)
            .Replace("Refund promised", notes, StringComparison.Ordinal);
        await RecordAsync([envelope]);

        Assert.Single(await ReadAsync(Id));
    }

    [Fact]
    public async Task A_timeline_longer_than_a_page_is_read_whole()
    {
        const string Id = "22222222-d2b6-5e0c-b16f-9e167586ddca";
        var filler = new string('x', 900);
        var random = new Random(2);
        var envelopes = Enumerable
            .Range(0, 60)
            .Select(number =>
                Envelopes()[^1]
                    .Replace(TimelineSamples.ConversationId, Id, StringComparison.Ordinal)
                    .Replace("1773929198220", $"{1773929198220 + number}", StringComparison.Ordinal)
                    .Replace(
                        "Refund promised",
                        filler
                            + Convert.ToHexString(
                                Enumerable.Range(0, 15_000).Select(_ => (byte)random.Next(256)).ToArray()
                            ),
                        StringComparison.Ordinal
                    )
            )
            .ToArray();
        await RecordAsync(envelopes);

        Assert.Equal(60, (await ReadAsync(Id)).Count);
    }

    private static DateTimeOffset Arrival { get; } = new(2026, 3, 19, 14, 10, 0, TimeSpan.Zero);

    private static string[] Envelopes() =>
        [
            .. File.ReadAllLines(Repository.PathOf("tests", "Events.Tests", "Samples", "lifecycle-inbound-voice.jsonl"))
                .Where(line => line.Length > 0),
        ];

    private async Task RecordAsync(IReadOnlyList<string> envelopes)
    {
        var table = new DynamoDbEventTable(
            tables.DynamoDb,
            EmulatedTables.Names.EventsTable,
            EmulatedTables.Ledger,
            TimeProvider.System
        );
        var items = envelopes
            .Select(envelope =>
                Assert.IsType<Decoded.Event>(EventDecoder.Decode(Encoding.UTF8.GetBytes(envelope))).Value
            )
            .SelectMany(genesysEvent => EventItems.Of(genesysEvent, Arrival, Arrival, TimeSpan.FromDays(90)));
        foreach (var item in items)
        {
            Assert.Same(WriteAnswer.Written.All, await table.WriteAsync([item], Token));
        }
    }

    private protected override async Task<ITimelineTable> NewTableAsync()
    {
        await RecordAsync([.. Envelopes().Reverse()]);
        return Table();
    }

    private protected override ITimelineTable NewMissingTable() =>
        new DynamoDbTimelineTable(tables.DynamoDb, "missing", EmulatedTables.Ledger);

    private DynamoDbTimelineTable Table() =>
        new(tables.DynamoDb, EmulatedTables.Names.EventsTable, EmulatedTables.Ledger);

    private Task<IReadOnlyList<RecordedEvent>> ReadAsync(string conversationId) => ReadAsync(Table(), conversationId);
}
