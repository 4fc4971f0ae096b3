using System.Globalization;
using System.Text.Json;
using Amazon.Runtime.Internal.Util;

namespace Amazon.SQS.Wire;

/// <summary>Over Core's streaming reader; each method starts before a value and ends on its last token.</summary>
internal static class JsonReading
{
    internal static void ReadMembers<T>(this ref StreamingUtf8JsonReader json, T target, JsonMembers<T> members)
    {
        while (json.Begins(JsonTokenType.PropertyName))
        {
            members.Read(target, ref json);
        }
    }

    internal static List<T>? ReadList<T>(this ref StreamingUtf8JsonReader json, JsonMembers<T> members)
        where T : new()
    {
        if (!json.Begins(JsonTokenType.StartArray))
        {
            return null;
        }

        var list = new List<T>();
        while (json.Begins(JsonTokenType.StartObject))
        {
            var element = new T();
            json.ReadMembers(element, members);
            list.Add(element);
        }

        return list;
    }

    internal static List<string>? ReadStrings(this ref StreamingUtf8JsonReader json)
    {
        if (!json.Begins(JsonTokenType.StartArray))
        {
            return null;
        }

        var list = new List<string>();
        while (json.Begins(JsonTokenType.String))
        {
            list.Add(json.GetString());
        }

        return list;
    }

    internal static Dictionary<string, string>? ReadStringMap(this ref StreamingUtf8JsonReader json)
    {
        if (!json.Begins(JsonTokenType.StartObject))
        {
            return null;
        }

        var map = new Dictionary<string, string>();
        while (json.Begins(JsonTokenType.PropertyName))
        {
            var name = json.GetString();
            map[name] = json.ReadString();
        }

        return map;
    }

    internal static Dictionary<string, T>? ReadMap<T>(this ref StreamingUtf8JsonReader json, JsonMembers<T> members)
        where T : new()
    {
        if (!json.Begins(JsonTokenType.StartObject))
        {
            return null;
        }

        var map = new Dictionary<string, T>();
        while (json.Begins(JsonTokenType.PropertyName))
        {
            var name = json.GetString();
            var element = new T();
            if (json.Begins(JsonTokenType.StartObject))
            {
                json.ReadMembers(element, members);
            }

            map[name] = element;
        }

        return map;
    }

    internal static string ReadString(this ref StreamingUtf8JsonReader json)
    {
        json.Read();
        return json.GetString();
    }

    internal static MemoryStream? ReadBytes(this ref StreamingUtf8JsonReader json) =>
        json.Begins(JsonTokenType.String) && json.TryGetBytesFromBase64(out var bytes)
            ? new MemoryStream(bytes, 0, bytes.Length, writable: true, publiclyVisible: true)
            : null;

    internal static int? ReadInt32(this ref StreamingUtf8JsonReader json) => (int?)json.ReadInt64();

    internal static long? ReadInt64(this ref StreamingUtf8JsonReader json) =>
        json.Begins(JsonTokenType.Null)
            ? null
            : long.Parse(json.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    internal static bool? ReadBoolean(this ref StreamingUtf8JsonReader json) =>
        json.Begins(JsonTokenType.Null) ? null : json.GetBoolean();

    internal static void SkipValue(this ref StreamingUtf8JsonReader json)
    {
        var depth = 0;
        do
        {
            depth += json.Next() switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                _ => 0,
            };
        } while (depth > 0);
    }

    private static bool Begins(this ref StreamingUtf8JsonReader json, JsonTokenType type) => json.Next() == type;

    private static JsonTokenType Next(this ref StreamingUtf8JsonReader json) =>
        json.Read() ? json.TokenType : throw new JsonException("The answer ends before its time.");
}
