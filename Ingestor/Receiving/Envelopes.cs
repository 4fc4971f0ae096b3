using System.Text.Json;

namespace Ingestor.Receiving;

/// <summary>Where one event lies in the body, and what is wrong with it as an envelope, if anything is.</summary>
internal readonly record struct EnvelopeSlice(int Start, int Length, string? Fault);

/// <summary>What came of looking for envelopes in a body.</summary>
internal abstract record EnvelopesFound
{
    private EnvelopesFound() { }

    internal sealed record Slices(IReadOnlyList<EnvelopeSlice> Items, bool InArray) : EnvelopesFound;

    internal sealed record Malformed(string Detail) : EnvelopesFound;

    internal sealed record TooMany(int EventsMax) : EnvelopesFound;
}

/// <summary>
/// Finds the EventBridge envelopes in a body - one object, or an array of them - in one pass and without copying: what is
/// forwarded are the bytes that arrived.
/// </summary>
internal static class Envelopes
{
    // Deeper than any event of Genesys, shallow enough for every reader after us.
    private const int JsonDepthMax = 64;

    public static EnvelopesFound Find(ReadOnlySpan<byte> utf8, int eventsMax)
    {
        if (!System.Text.Unicode.Utf8.IsValid(utf8))
        {
            return new EnvelopesFound.Malformed("The body is not UTF-8.");
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonDepthMax });
        try
        {
            return Find(ref reader, eventsMax);
        }
        catch (Exception exception) when (BrokenJson.Is(exception))
        {
            return new EnvelopesFound.Malformed(BrokenJson.Where(exception));
        }
    }

    private static EnvelopesFound Find(ref Utf8JsonReader reader, int eventsMax)
    {
        reader.Read();
        EnvelopesFound found;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                found = new EnvelopesFound.Slices([ReadOne(ref reader)], InArray: false);
                break;
            case JsonTokenType.StartArray:
                found = ReadMany(ref reader, eventsMax);
                break;
            default:
                return new EnvelopesFound.Malformed("The body is neither an event nor an array of events.");
        }

        if (found is EnvelopesFound.Slices)
        {
            // Throws when anything but white space follows.
            reader.Read();
        }

        return found;
    }

    private static EnvelopesFound ReadMany(ref Utf8JsonReader reader, int eventsMax)
    {
        var slices = new List<EnvelopeSlice>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (slices.Count == eventsMax)
            {
                return new EnvelopesFound.TooMany(eventsMax);
            }

            slices.Add(ReadOne(ref reader));
        }

        return slices.Count == 0
            ? new EnvelopesFound.Malformed("The array holds no event.")
            : new EnvelopesFound.Slices(slices, InArray: true);
    }

    private static EnvelopeSlice ReadOne(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        string? fault;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            fault = ReadMembers(ref reader);
        }
        else
        {
            reader.Skip();
            fault = "An event is an object.";
        }

        return new EnvelopeSlice(start, (int)reader.BytesConsumed - start, fault);
    }

    /// <summary>Reads to the end of the object whatever it meets: the next event of an array may be in order.</summary>
    private static string? ReadMembers(ref Utf8JsonReader reader)
    {
        Member? detailType = null;
        Member? source = null;
        Member? detail = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("detail-type"u8))
            {
                detailType = ReadValue(ref reader, detailType);
            }
            else if (reader.ValueTextEquals("source"u8))
            {
                source = ReadValue(ref reader, source);
            }
            else if (reader.ValueTextEquals("detail"u8))
            {
                detail = ReadValue(ref reader, detail);
            }
            else
            {
                reader.Skip();
            }
        }

        return FaultOf("detail-type", detailType, JsonTokenType.String, "a string")
            ?? FaultOf("source", source, JsonTokenType.String, "a string")
            ?? FaultOf("detail", detail, JsonTokenType.StartObject, "an object");
    }

    private static Member ReadValue(ref Utf8JsonReader reader, Member? before)
    {
        reader.Read();
        var member = new Member(reader.TokenType, Twice: before is not null);
        reader.Skip();
        return member;
    }

    private static string? FaultOf(string name, Member? member, JsonTokenType type, string typeName) =>
        member switch
        {
            null => $"Member '{name}' is missing.",
            // Readers differ in which of the two they believe.
            { Twice: true } => $"Member '{name}' stands there twice.",
            { Type: var found } when found != type => $"Member '{name}' is not {typeName}.",
            _ => null,
        };

    private readonly record struct Member(JsonTokenType Type, bool Twice);
}
