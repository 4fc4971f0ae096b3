using System.Text.Json;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class MessageAttribute
{
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

    internal static void Read(MessageAttributeValue value, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("DataType"))
        {
            value.DataType = json.ReadString();
        }
        else if (json.ValueTextEquals("StringValue"))
        {
            value.StringValue = json.ReadString();
        }
        else if (json.ValueTextEquals("BinaryValue"))
        {
            value.BinaryValue = json.ReadBytes();
        }
        else
        {
            json.SkipValue();
        }
    }
}
