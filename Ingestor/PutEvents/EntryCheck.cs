using System.Text.Json;
using Ingestor.Sending;

namespace Ingestor.PutEvents;

/// <summary>What the service refuses of one entry, in its words.</summary>
internal static class EntryCheck
{
    // One less than an envelope may have: the detail lies one level down in it.
    private const int DetailDepthMax = 63;

    private static readonly EventOutcome.Refused NoSource = Required("Source");
    private static readonly EventOutcome.Refused NoDetailType = Required("DetailType");
    private static readonly EventOutcome.Refused NoDetail = Required("Detail");
    private static readonly EventOutcome.Refused ReservedSource = new(
        RefusalReason.ReservedSource,
        "Not authorized for the source."
    );
    private static readonly EventOutcome.Refused MalformedDetail = new(RefusalReason.Malformed, "Detail is malformed.");

    /// <summary>Null when the entry is in order.</summary>
    public static EventOutcome.Refused? Find(
        in PutEventsEntry entry,
        ReadOnlySpan<byte> texts,
        ReadOnlySpan<byte> partnerPrefix
    )
    {
        var source = texts[entry.Source];
        if (source.IsEmpty)
        {
            return NoSource;
        }

        if (texts[entry.DetailType].IsEmpty)
        {
            return NoDetailType;
        }

        var detail = texts[entry.Detail];
        if (detail.IsEmpty)
        {
            return NoDetail;
        }

        if (source.StartsWith("aws."u8) && !source.StartsWith(partnerPrefix))
        {
            return ReservedSource;
        }

        return IsObject(detail) ? null : MalformedDetail;
    }

    private static bool IsObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DetailDepthMax });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read()) { }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static EventOutcome.Refused Required(string name) =>
        new(RefusalReason.NotAnEvent, $"Parameter {name} is not valid. Reason: {name} is a required argument.");
}
