using System.IO.Compression;
using System.Text;
using Events;
using Processor.Recording;
using Processor.Testing.Building;
using ServiceDefaults;
using Testing;

namespace Processor.Tests.Recording;

public sealed class EventItemsTests
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    public static TheoryData<int> AllSamples => [.. Enumerable.Range(0, Samples.OneOfEachTopic.Count)];

    [Theory]
    [MemberData(nameof(AllSamples))]
    public void Every_topic_fits_into_one_write_unit_and_its_body_comes_back_as_it_was(int sample)
    {
        var genesysEvent = Event(Samples.OneOfEachTopic[sample]);

        var item = Assert.Single(Items(genesysEvent));

        Assert.InRange(SizeByDynamoDbsRule(item), 1, EventItems.WriteUnitBytes);
        Assert.Equal(Text(genesysEvent), RecordedItem.BodyOf(item.Body, item.BrotliBody));
    }

    [Theory]
    [MemberData(nameof(AllSamples))]
    public void The_size_we_reckon_with_is_never_below_DynamoDBs_own_and_little_above(int sample)
    {
        var item = Items(Event(Samples.OneOfEachTopic[sample]))[^1];

        Assert.InRange(EventItems.SizeOf(item) - SizeByDynamoDbsRule(item), 0, 16);
    }

    [Fact]
    public void A_body_is_compressed_exactly_when_it_would_cross_into_the_next_write_unit()
    {
        var (largestPlain, smallestCompressed) = (0, int.MaxValue);
        for (var length = 1; length < 2_000; length++)
        {
            var item = Assert.Single(Items(Event(Noted(new string('n', length)))));
            if (item.Body is not null)
            {
                largestPlain = EventItems.SizeOf(item);
            }
            else
            {
                smallestCompressed = Math.Min(smallestCompressed, length);
            }

            Assert.InRange(EventItems.SizeOf(item), 1, EventItems.WriteUnitBytes);
        }

        Assert.Equal(EventItems.WriteUnitBytes, largestPlain);
        Assert.InRange(smallestCompressed, 1, 1_000);
    }

    [Fact]
    public void A_body_that_compression_does_not_bring_below_a_unit_stays_readable()
    {
        var item = Assert.Single(Items(Event(Builders.AnEvent().OfSize(390).Build())));

        Assert.NotNull(item.Body);
        Assert.Null(item.BrotliBody);
        Assert.InRange(EventItems.SizeOf(item), EventItems.WriteUnitBytes + 1, 2 * EventItems.WriteUnitBytes);
    }

    [Fact]
    public void A_body_too_large_for_an_item_is_kept_whole_in_parts_before_its_head()
    {
        var genesysEvent = Event(Builders.AnEvent().OfSize(300_000).Build());

        var items = Items(genesysEvent);

        var (parts, head) = (items.SkipLast(1).ToList(), items[^1]);
        Assert.True(parts.Count >= 2, $"{parts.Count} parts");
        Assert.Equal(parts.Count, head.Parts);
        Assert.All(items, item => Assert.InRange(SizeByDynamoDbsRule(item), 1, 400 * 1024));
        Assert.Equal(
            parts.Select((_, index) => $"{head.Sort}#p{index + 1:000}"),
            parts.Select(part => part.Sort).Order(StringComparer.Ordinal)
        );
        Assert.Equal(Text(genesysEvent), Join(parts));
    }

    [Fact]
    public void The_head_of_parts_begins_as_the_body_does_and_ends_with_a_whole_character()
    {
        var genesysEvent = Event(Builders.AnEvent().OfSize(300_000).Build());

        var preview = Items(genesysEvent)[^1].Body!;

        Assert.StartsWith(preview, Text(genesysEvent), StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(preview), 500, EventItems.PreviewCharsMax);
    }

    [Fact]
    public void The_same_event_under_another_envelope_has_the_same_key()
    {
        var first = Items(Event(Builders.AnEvent().UnderEnvelope("1").Build()))[^1];
        var second = Items(Event(Builders.AnEvent().UnderEnvelope("2").Build()))[^1];

        Assert.Equal((first.Subject, first.Sort), (second.Subject, second.Sort));
    }

    private static string Noted(string notes) => Builders.AnEvent().With("wrapupNotes", notes).Build();

    private static GenesysEvent Event(string envelope) =>
        Assert.IsType<Decoded.Event>(EventDecoder.Decode(Encoding.UTF8.GetBytes(envelope))).Value;

    private static IReadOnlyList<EventItem> Items(GenesysEvent genesysEvent) =>
        EventItems.Of(genesysEvent, SimulatedWorld.Start, SimulatedWorld.Start.AddSeconds(1), Retention);

    private static string Text(GenesysEvent genesysEvent) => Encoding.UTF8.GetString(genesysEvent.EventBody.Span);

    private static string Join(IEnumerable<EventItem> parts)
    {
        using var joined = new MemoryStream([.. parts.SelectMany(part => part.BrotliBody!.Value.ToArray())]);
        using var brotli = new BrotliStream(joined, CompressionMode.Decompress);
        using var reader = new StreamReader(brotli);
        return reader.ReadToEnd();
    }

    /// <summary>By DynamoDB's page on item sizes: names and strings in UTF-8, binary as it is, a number by its digits.</summary>
    private static int SizeByDynamoDbsRule(EventItem item)
    {
        var texts = new (string Name, string? Value)[]
        {
            ("subject", item.Subject),
            ("event", item.Sort),
            ("kind", item.Kind),
            ("envelopeId", item.EnvelopeId),
            ("body", item.Body),
        };
        var numbers = new (string Name, long Value)[]
        {
            ("published", item.PublishedMs),
            ("received", item.ReceivedMs),
            ("recorded", item.RecordedMs),
            ("expires", item.ExpiresSeconds),
            ("parts", item.Parts),
        };

        return texts
                .Where(text => text.Value is not null)
                .Sum(text => text.Name.Length + Encoding.UTF8.GetByteCount(text.Value!))
            + numbers.Where(number => number.Value > 0).Sum(number => number.Name.Length + SizeOfNumber(number.Value))
            + (item.BrotliBody is { } bytes ? "brotliBody".Length + bytes.Length : 0);
    }

    /// <summary>One byte for two significant digits, and one more.</summary>
    private static int SizeOfNumber(long value)
    {
        var digits = value.ToString(System.Globalization.CultureInfo.InvariantCulture).TrimEnd('0').Length;
        return ((digits + 1) / 2) + 1;
    }
}
