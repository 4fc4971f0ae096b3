using System.Text.Json;
using System.Text.RegularExpressions;

namespace Provisioner.Templates;

/// <summary>Reads values out of the template's JSON. What it does not understand it says, with the place.</summary>
internal sealed partial class ValueReader(Faults faults)
{
    public Value Read(JsonElement json, string path) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => ReadObject(json, path),
            JsonValueKind.Array => new Value.List([
                .. json.EnumerateArray().Select((item, index) => Read(item, $"{path}[{index}]")),
            ]),
            JsonValueKind.String => Text(json.GetString()!),
            JsonValueKind.Null => Fault(path, "is null"),
            _ => new Value.Scalar(json.GetRawText(), json.GetRawText()),
        };

    /// <summary>An object with one member whose name is a function's is a call of it; any other is an object.</summary>
    private Value ReadObject(JsonElement json, string path)
    {
        var members = json.EnumerateObject().ToList();
        return members.Exists(member => IsFunction(member.Name))
            ? ReadCall(members[0], members.Count, path)
            : new Value.Map(
                members.ToDictionary(member => member.Name, member => Read(member.Value, $"{path}.{member.Name}"))
            );
    }

    private static bool IsFunction(string name) => name is "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);

    private Value ReadCall(JsonProperty call, int members, string path) =>
        (call.Name, call.Value.ValueKind) switch
        {
            _ when members > 1 => Fault(path, "has a function beside other members"),
            ("Ref", JsonValueKind.String) => new Value.Ref(call.Value.GetString()!),
            ("Fn::GetAtt", _) => ReadGetAtt(call.Value, path),
            ("Fn::Sub", JsonValueKind.String) => ReadSub(call.Value.GetString()!),
            ("Fn::Sub", _) => Fault(path, "Fn::Sub is understood here with a text only"),
            _ => Fault(path, $"{call.Name} is not understood here"),
        };

    private Value ReadGetAtt(JsonElement json, string path) =>
        json.ValueKind switch
        {
            JsonValueKind.String when json.GetString()!.Split('.', 2) is [var resource, var attribute] =>
                new Value.GetAtt(resource, attribute),
            JsonValueKind.Array
                when json.GetArrayLength() == 2
                    && json.EnumerateArray().All(part => part.ValueKind == JsonValueKind.String) => new Value.GetAtt(
                json[0].GetString()!,
                json[1].GetString()!
            ),
            _ => Fault(path, "Fn::GetAtt is neither [\"resource\", \"attribute\"] nor \"resource.attribute\""),
        };

    /// <summary><c>${Name}</c> and <c>${Resource.Attribute}</c>; <c>${!Name}</c> is the text <c>${Name}</c>.</summary>
    private static Value.Sub ReadSub(string text)
    {
        var parts = new List<Value>();
        var at = 0;
        foreach (Match placeholder in Placeholder().Matches(text))
        {
            parts.Add(Text(text[at..placeholder.Index]));
            parts.Add(
                placeholder.Groups["name"].Value.Split('.', 2) switch
                {
                    [['!', .. var literal], ..] => Text($"${{{literal}}}"),
                    [var resource, var attribute] => new Value.GetAtt(resource, attribute),
                    [var name, ..] => new Value.Ref(name),
                    [] => Text(""),
                }
            );
            at = placeholder.Index + placeholder.Length;
        }

        parts.Add(Text(text[at..]));
        return new Value.Sub(parts);
    }

    private static Value.Scalar Text(string text) => new(text, JsonSerializer.Serialize(text));

    private Value.Scalar Fault(string path, string what)
    {
        faults.Add($"{path}: {what}");
        return Text("");
    }

    [GeneratedRegex(@"\$\{(?<name>[^}]*)\}")]
    private static partial Regex Placeholder();
}
