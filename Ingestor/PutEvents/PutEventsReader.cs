using System.Globalization;
using System.Text.Json;
using Ingestor.Receiving;

namespace Ingestor.PutEvents;

/// <summary>
/// Reads a PutEvents request in one pass. Texts are unescaped into the scratch memory, which needs no more bytes than the request:
/// an escape is never shorter than what it stands for.
/// </summary>
internal ref struct PutEventsReader(ReadOnlySpan<byte> json, Span<byte> scratch)
{
    public const int EntriesMax = 10;

    public const int RequestBytesMax = 1_048_576;

    private Utf8JsonReader _reader = new(json, new JsonReaderOptions { MaxDepth = JsonDepthMax });
    private readonly Span<byte> _scratch = scratch;
    private int _used;

    private const int JsonDepthMax = 64;

    public static PutEventsRequest Read(ReadOnlySpan<byte> json, Span<byte> scratch)
    {
        try
        {
            return new PutEventsReader(json, scratch).ReadRequest();
        }
        catch (Exception exception) when (BrokenJson.Is(exception))
        {
            // Not JSON, or a member of another type than the service's model says.
            return new PutEventsRequest.Invalid("SerializationException", BrokenJson.Sentence);
        }
    }

    private PutEventsRequest ReadRequest()
    {
        Expect(_reader.Read() && _reader.TokenType == JsonTokenType.StartObject);
        List<PutEventsEntry>? entries = null;
        while (ReadName())
        {
            if (_reader.ValueTextEquals("Entries"u8))
            {
                entries = ReadEntries();
            }
            else
            {
                _reader.Skip();
            }
        }

        // Throws when anything but white space follows.
        _reader.Read();
        return Validate(entries);
    }

    private static PutEventsRequest Validate(List<PutEventsEntry>? entries)
    {
        if (entries is null)
        {
            return Constraint("null", "Member must not be null");
        }

        if (entries.Count is 0 or > EntriesMax)
        {
            return Constraint(
                string.Create(CultureInfo.InvariantCulture, $"[{entries.Count} entries]"),
                entries.Count == 0
                    ? "Member must have length greater than or equal to 1"
                    : "Member must have length less than or equal to 10"
            );
        }

        return entries.Sum(entry => (long)entry.Size) > RequestBytesMax
            ? new PutEventsRequest.Invalid(
                "ValidationException",
                "Total size of the entries in the request is over the limit."
            )
            : new PutEventsRequest.Entries(entries);
    }

    private static PutEventsRequest.Invalid Constraint(string value, string constraint) =>
        new(
            "ValidationException",
            $"1 validation error detected: Value '{value}' at 'entries' failed to satisfy constraint: {constraint}"
        );

    private List<PutEventsEntry>? ReadEntries()
    {
        if (!ReadStart(JsonTokenType.StartArray))
        {
            return null;
        }

        var entries = new List<PutEventsEntry>(1);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(_reader.TokenType == JsonTokenType.StartObject);
            entries.Add(ReadEntry());
        }

        return entries;
    }

    private PutEventsEntry ReadEntry()
    {
        var entry = new PutEventsEntry();
        while (ReadName())
        {
            if (_reader.ValueTextEquals("Source"u8))
            {
                entry.Source = ReadText();
            }
            else if (_reader.ValueTextEquals("DetailType"u8))
            {
                entry.DetailType = ReadText();
            }
            else if (_reader.ValueTextEquals("Detail"u8))
            {
                entry.Detail = ReadText();
            }
            else if (_reader.ValueTextEquals("Time"u8))
            {
                entry.Time = ReadTime();
            }
            else if (_reader.ValueTextEquals("Resources"u8))
            {
                entry.Resources = ReadResources();
            }
            else
            {
                _reader.Skip();
            }
        }

        return entry;
    }

    private List<Range>? ReadResources()
    {
        if (!ReadStart(JsonTokenType.StartArray))
        {
            return null;
        }

        var resources = new List<Range>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            resources.Add(Unescape());
        }

        return resources;
    }

    private Range ReadText()
    {
        _reader.Read();
        return Unescape();
    }

    private Range Unescape()
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return new Range(_used, _used);
        }

        Expect(_reader.TokenType == JsonTokenType.String);
        var start = _used;
        _used += _reader.CopyString(_scratch[_used..]);
        return start.._used;
    }

    /// <summary>Seconds since 1970, as the protocol has it, with a fraction or without.</summary>
    private DateTimeOffset? ReadTime()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(_reader.TokenType == JsonTokenType.Number);
        var latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        Expect(_reader.TryGetDouble(out var seconds) && seconds >= 0 && seconds <= latest);
        return DateTimeOffset.FromUnixTimeSeconds((long)seconds);
    }

    private bool ReadName() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>False for null, which stands for absent.</summary>
    private bool ReadStart(JsonTokenType type)
    {
        _reader.Read();
        Expect(_reader.TokenType == type || _reader.TokenType == JsonTokenType.Null);
        return _reader.TokenType == type;
    }

    private static void Expect(bool holds)
    {
        if (!holds)
        {
            throw new JsonException();
        }
    }
}
