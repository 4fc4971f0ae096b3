using System.Text.Json;

namespace Amazon.SQS.Wire;

/// <summary>Members of a request; what is null is left out, what is empty is sent.</summary>
internal static class JsonWriting
{
    internal static void Member(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    internal static void Member(this Utf8JsonWriter json, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    internal static void Member(this Utf8JsonWriter json, ReadOnlySpan<byte> name, MemoryStream? value)
    {
        if (value is not null)
        {
            json.WriteBase64String(name, value.TryGetBuffer(out var buffer) ? buffer : value.ToArray());
        }
    }

    internal static void Member(this Utf8JsonWriter json, ReadOnlySpan<byte> name, List<string>? values)
    {
        if (values is not null)
        {
            json.WriteStartArray(name);
            values.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }
    }

    internal static void Member(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Dictionary<string, string>? map)
    {
        if (map is not null)
        {
            json.WriteStartObject(name);
            foreach (var (key, value) in map)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }
    }

    /// <summary>An array of objects, each with the members that <paramref name="writeMembers"/> writes.</summary>
    internal static void Member<T>(
        this Utf8JsonWriter json,
        ReadOnlySpan<byte> name,
        List<T>? values,
        Action<Utf8JsonWriter, T> writeMembers
    )
    {
        if (values is not null)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
            {
                json.WriteStartObject();
                writeMembers(json, value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    /// <summary>A map of objects, each with the members that <paramref name="writeMembers"/> writes.</summary>
    internal static void Member<T>(
        this Utf8JsonWriter json,
        ReadOnlySpan<byte> name,
        Dictionary<string, T>? map,
        Action<Utf8JsonWriter, T> writeMembers
    )
    {
        if (map is not null)
        {
            json.WriteStartObject(name);
            foreach (var (key, value) in map)
            {
                json.WriteStartObject(key);
                writeMembers(json, value);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
    }
}
