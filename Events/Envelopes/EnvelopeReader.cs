using System.Text.Json;

namespace Events.Envelopes;

/// <summary>
/// One walk over the envelope, in whatever order its members come. The body is read by the rule of its topic, so an
/// envelope that names its detail-type behind the detail is walked a second time.
/// </summary>
internal ref struct EnvelopeReader(ReadOnlySpan<byte> envelope)
{
    private Utf8JsonReader _json = Open(envelope);
    private Scalar _topicFrom;

    public ReadOnlySpan<byte> Bytes { get; } = envelope;
    public Scalar Version { get; private set; }
    public Scalar Id { get; private set; }
    public Scalar DetailType { get; private set; }
    public Scalar Source { get; private set; }
    public Scalar Time { get; private set; }
    public Scalar ReplayName { get; private set; }
    public DetailMembers Detail { get; private set; }

    public BodyReader Body;

    /// <summary>The topic that the detail-type names; null if that is missing or no text.</summary>
    public Topic? Topic { get; private set; }

    /// <summary>How far the walk came: where a text that is no JSON stops being JSON.</summary>
    public readonly long Position => _json.BytesConsumed;

    /// <summary>Whether the walk stopped at a bracket that would go deeper than it may.</summary>
    public readonly bool StoppedAtDepth =>
        _json.CurrentDepth + (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0)
            == EventDecoder.DepthMax
        && Position < Bytes.Length
        && Bytes[(int)Position] is (byte)'{' or (byte)'[';

    /// <summary>Reads to the end; false if the text is no object. Throws <see cref="JsonException"/> if it is no JSON.</summary>
    public bool Read()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            _json.Skip();
            _json.Read();
            return false;
        }

        ReadMembers();
        if (_topicFrom != DetailType)
        {
            FindTopic();
            _json = Open(Bytes);
            _json.Read();
            ReadMembers();
        }

        return true;
    }

    private static Utf8JsonReader Open(ReadOnlySpan<byte> envelope) =>
        new(envelope, new JsonReaderOptions { MaxDepth = EventDecoder.DepthMax });

    private void ReadMembers()
    {
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember();
        }

        // Only white space may follow; the reader throws at anything else.
        _json.Read();
    }

    private void ReadMember()
    {
        if (_json.IsNamed("version"u8))
        {
            Version = ReadScalar();
        }
        else if (_json.IsNamed("id"u8))
        {
            Id = ReadScalar();
        }
        else if (_json.IsNamed("detail-type"u8))
        {
            DetailType = ReadScalar();
        }
        else if (_json.IsNamed("source"u8))
        {
            Source = ReadScalar();
        }
        else if (_json.IsNamed("time"u8))
        {
            Time = ReadScalar();
        }
        else if (_json.IsNamed("replay-name"u8))
        {
            ReplayName = ReadScalar();
        }
        else if (_json.IsNamed("detail"u8))
        {
            ReadDetail();
        }
        else
        {
            _json.Skip();
        }
    }

    private void ReadDetail()
    {
        _json.Read();
        var detail = new DetailMembers { Kind = _json.TokenType };
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            _json.Skip();
            Detail = detail;
            return;
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            ReadDetailMember(ref detail);
        }

        Detail = detail;
    }

    private void ReadDetailMember(ref DetailMembers detail)
    {
        if (_json.IsNamed("topicName"u8))
        {
            detail.TopicName = ReadScalar();
        }
        else if (_json.IsNamed("version"u8))
        {
            detail.Version = ReadScalar();
        }
        else if (_json.IsNamed("timestamp"u8))
        {
            detail.Timestamp = ReadScalar();
        }
        else if (_json.IsNamed("metadata"u8))
        {
            detail.CorrelationId = ReadCorrelationId();
        }
        else if (_json.IsNamed("eventBody"u8))
        {
            detail.BodyKind = ReadBody();
        }
        else
        {
            _json.Skip();
        }
    }

    private Scalar ReadCorrelationId()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            _json.Skip();
            return default;
        }

        Scalar correlationId = default;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.IsNamed("CorrelationId"u8))
            {
                correlationId = ReadScalar();
            }
            else
            {
                _json.Skip();
            }
        }

        return correlationId;
    }

    private JsonTokenType ReadBody()
    {
        if (Topic is null)
        {
            FindTopic();
        }

        _json.Read();
        var kind = _json.TokenType;
        if (kind == JsonTokenType.StartObject && Topic is not null)
        {
            Body = default;
            Body.Read(ref _json, Bytes, Topic.Rule);
        }
        else
        {
            _json.Skip();
        }

        return kind;
    }

    /// <summary>A member that should be a scalar and is not reads as its bracket, which is no text and no time.</summary>
    private Scalar ReadScalar()
    {
        _json.Read();
        var scalar = Scalar.At(ref _json);
        _json.Skip();
        return scalar;
    }

    private void FindTopic()
    {
        Span<byte> name = stackalloc byte[Scalar.TextBytesMax];
        _topicFrom = DetailType;
        Topic = DetailType.TryCopyText(Bytes, name, out var length) ? Topics.Find(name[..length]) : null;
    }
}
