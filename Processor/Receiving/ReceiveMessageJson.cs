using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ServiceDefaults.Wire;

namespace Processor.Receiving;

/// <summary>The request and the answer of ReceiveMessage in the AWS JSON protocol. Bodies stay what they are on the wire: UTF-8.</summary>
internal static class ReceiveMessageJson
{
    public const string Operation = "ReceiveMessage";

    /// <summary>The year 9999 in milliseconds: no time and no count is larger.</summary>
    private const long NumberMax = 253_402_300_799_999;

    public static void Write(IBufferWriter<byte> request, string queueUrl, int max, TimeSpan wait, TimeSpan visibility)
    {
        using var writer = WireRequest.Writer(request);
        writer.WriteStartObject();
        writer.WriteString("QueueUrl"u8, queueUrl);
        writer.WriteNumber("MaxNumberOfMessages"u8, max);
        writer.WriteNumber("WaitTimeSeconds"u8, (int)wait.TotalSeconds);
        writer.WriteNumber("VisibilityTimeout"u8, (int)Math.Ceiling(visibility.TotalSeconds));
        writer.WriteStartArray("MessageSystemAttributeNames"u8);
        writer.WriteStringValue(SystemAttributeNames.ReceiveCount);
        writer.WriteStringValue(SystemAttributeNames.SentTimestamp);
        writer.WriteStringValue(SystemAttributeNames.MessageGroupId);
        writer.WriteStringValue(SystemAttributeNames.TraceHeader);
        writer.WriteEndArray();
        writer.WriteStartArray("MessageAttributeNames"u8);
        writer.WriteStringValue("All"u8);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <exception cref="JsonException">It is no answer of SQS.</exception>
    public static List<ReceivedMessage> Read(ReadOnlySpan<byte> answer)
    {
        var reader = new Utf8JsonReader(answer);
        var messages = new List<ReceivedMessage>(10);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The answer is no object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMessages = reader.ValueTextEquals("Messages"u8);
            reader.Read();
            if (!isMessages || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                messages.Add(ReadMessage(ref reader));
            }
        }

        return messages;
    }

    private static ReceivedMessage ReadMessage(ref Utf8JsonReader reader)
    {
        string? id = null;
        string? handle = null;
        ReadOnlyMemory<byte> body = default;
        var system = default(SystemAttributes);
        Dictionary<string, string>? attributes = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Body"u8))
            {
                reader.Read();
                body = Utf8Of(ref reader);
            }
            else if (reader.ValueTextEquals("MessageId"u8))
            {
                id = Text(ref reader);
            }
            else if (reader.ValueTextEquals("ReceiptHandle"u8))
            {
                handle = Text(ref reader);
            }
            else if (reader.ValueTextEquals("Attributes"u8))
            {
                system = ReadSystemAttributes(ref reader);
            }
            else if (reader.ValueTextEquals("MessageAttributes"u8))
            {
                attributes = ReadAttributes(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ReceivedMessage(
            id ?? throw new JsonException("A message without an id."),
            handle ?? throw new JsonException("A message without a receipt handle."),
            body,
            system.ReceiveCount ?? 1,
            DateTimeOffset.FromUnixTimeMilliseconds(system.SentTimestamp ?? 0)
        )
        {
            Attributes = attributes ?? SqsAttributes.None,
            MessageGroupId = system.MessageGroupId,
            TraceHeader = system.TraceHeader,
        };
    }

    private static SystemAttributes ReadSystemAttributes(ref Utf8JsonReader reader)
    {
        var read = default(SystemAttributes);
        if (!IsObject(ref reader))
        {
            return read;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(SystemAttributeNames.ReceiveCount))
            {
                read.ReceiveCount = Number(ref reader) is { } count ? (int)Math.Min(count, int.MaxValue) : null;
            }
            else if (reader.ValueTextEquals(SystemAttributeNames.SentTimestamp))
            {
                read.SentTimestamp = Number(ref reader);
            }
            else if (reader.ValueTextEquals(SystemAttributeNames.MessageGroupId))
            {
                read.MessageGroupId = Text(ref reader);
            }
            else if (reader.ValueTextEquals(SystemAttributeNames.TraceHeader))
            {
                read.TraceHeader = Text(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return read;
    }

    /// <summary><c>{"name":{"DataType":"String","StringValue":"…"}}</c>; those of binary values are left out.</summary>
    private static Dictionary<string, string> ReadAttributes(ref Utf8JsonReader reader)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!IsObject(ref reader))
        {
            return attributes;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Value(ref reader);
            if (!IsObject(ref reader))
            {
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!reader.ValueTextEquals("StringValue"u8))
                {
                    reader.Skip();
                }
                else if (Text(ref reader) is { } value && name is not null)
                {
                    attributes[name] = value;
                }
            }
        }

        return attributes;
    }

    /// <summary>False of null and of whatever else is no object; it is skipped.</summary>
    private static bool IsObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        reader.Skip();
        return false;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return Value(ref reader);
    }

    /// <summary>Null where there is no text, or none in Unicode: one attribute must not cost nine other messages their receive.</summary>
    private static string? Value(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            reader.Skip();
            return null;
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static long? Number(ref Utf8JsonReader reader) =>
        long.TryParse(Text(ref reader), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= NumberMax
            ? number
            : null;

    /// <summary>Text that is no Unicode comes as it stands: nobody can read it, and so it becomes a dead letter rather than a failed receive.</summary>
    private static ReadOnlyMemory<byte> Utf8Of(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return default;
        }

        var bytes = GC.AllocateUninitializedArray<byte>(reader.ValueSpan.Length);
        try
        {
            return bytes.AsMemory(0, reader.CopyString(bytes));
        }
        catch (InvalidOperationException)
        {
            reader.ValueSpan.CopyTo(bytes);
            return bytes;
        }
    }

    private struct SystemAttributes
    {
        public int? ReceiveCount;
        public long? SentTimestamp;
        public string? MessageGroupId;
        public string? TraceHeader;
    }

    private static class SystemAttributeNames
    {
        public static ReadOnlySpan<byte> ReceiveCount => "ApproximateReceiveCount"u8;

        public static ReadOnlySpan<byte> SentTimestamp => "SentTimestamp"u8;

        public static ReadOnlySpan<byte> MessageGroupId => "MessageGroupId"u8;

        public static ReadOnlySpan<byte> TraceHeader => "AWSTraceHeader"u8;
    }
}
