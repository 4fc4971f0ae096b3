using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ServiceDefaults.Wire;

namespace Processor.Settlement;

/// <summary>The UpdateItem that counts a failure, and its answer, in the AWS JSON protocol.</summary>
internal static class CountAttemptJson
{
    public const string Operation = "UpdateItem";

    private const string FirstFailedAt = "firstFailedAt";

    private static readonly long LastMoment = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <param name="request">Where it is written.</param>
    /// <param name="tableName">The table of attempts.</param>
    /// <param name="key">The event's key.</param>
    /// <param name="counter">The attribute that counts.</param>
    /// <param name="now">When it failed.</param>
    /// <param name="expires">When DynamoDB may forget it.</param>
    public static void Write(
        IBufferWriter<byte> request,
        string tableName,
        string key,
        string counter,
        DateTimeOffset now,
        DateTimeOffset expires
    )
    {
        using var writer = WireRequest.Writer(request);
        writer.WriteStartObject();
        writer.WriteString("TableName"u8, tableName);
        writer.WriteStartObject("Key"u8);
        writer.WriteText("eventKey"u8, key);
        writer.WriteEndObject();
        writer.WriteString(
            "UpdateExpression"u8,
            $"SET {FirstFailedAt} = if_not_exists({FirstFailedAt}, :now), lastFailedAt = :now, expires = :expires ADD {counter} :one"
        );
        writer.WriteStartObject("ExpressionAttributeValues"u8);
        writer.WriteNumberAsText(":now"u8, now.ToUnixTimeMilliseconds());
        writer.WriteNumberAsText(":expires"u8, expires.ToUnixTimeSeconds());
        writer.WriteNumberAsText(":one"u8, 1);
        writer.WriteEndObject();
        writer.WriteString("ReturnValues"u8, "ALL_NEW"u8);
        writer.WriteString("ReturnConsumedCapacity"u8, "TOTAL"u8);
        writer.WriteEndObject();
    }

    /// <returns>The failures so far, this one included, when the first was, and the capacity units it took.</returns>
    /// <exception cref="JsonException">It is no answer of DynamoDB.</exception>
    public static (int Attempts, DateTimeOffset FirstFailedAt, double Units) Read(
        ReadOnlyMemory<byte> answer,
        string counter
    ) =>
        WireAnswer.Read(
            answer,
            root =>
            {
                var item = root.GetProperty("Attributes"u8);
                var units =
                    root.TryGetProperty("ConsumedCapacity"u8, out var consumed)
                    && consumed.ValueKind == JsonValueKind.Object
                    && consumed.TryGetProperty("CapacityUnits"u8, out var some)
                        ? some.GetDouble()
                        : 1;
                return (
                    (int)Number(item, counter, int.MaxValue),
                    DateTimeOffset.FromUnixTimeMilliseconds(Number(item, FirstFailedAt, LastMoment)),
                    units
                );
            }
        );

    private static long Number(JsonElement item, string name, long max) =>
        long.TryParse(
            item.GetProperty(name).GetProperty("N"u8).GetString(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
        && number <= max
            ? number
            : throw new FormatException($"{name} is no number up to {max}.");
}
