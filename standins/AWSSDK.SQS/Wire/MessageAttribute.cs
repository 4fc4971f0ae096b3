using System.Text.Json;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class MessageAttribute
{
    internal static readonly JsonMembers<MessageAttributeValue> Members = new()
    {
        { "DataType", (value, ref json) => value.DataType = json.ReadString() },
        { "StringValue", (value, ref json) => value.StringValue = json.ReadString() },
        { "BinaryValue", (value, ref json) => value.BinaryValue = json.ReadBytes() },
    };

    internal static void Write(Utf8JsonWriter json, MessageAttributeValue value)
    {
        json.Member("DataType"u8, value.DataType);
        json.Member("StringValue"u8, value.StringValue);
        json.Member("BinaryValue"u8, value.BinaryValue);
    }

    internal static void Write(Utf8JsonWriter json, MessageSystemAttributeValue value)
    {
        json.Member("DataType"u8, value.DataType);
        json.Member("StringValue"u8, value.StringValue);
        json.Member("BinaryValue"u8, value.BinaryValue);
    }
}
