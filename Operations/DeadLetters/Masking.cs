using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Operations.DeadLetters;

/// <summary>
/// Hides personal data. It keeps what is known to be none (ids, instants, names of topics; codes, dates and long numbers only in members
/// that are known to hold such) and hides all other text, so that a member nobody has thought of is hidden too.
/// </summary>
internal static partial class Masking
{
    public const string Mask = "•••";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 256,
    };

    /// <summary>The text laid out and masked. What is no JSON is masked wherever it is not plainly an id or the name of a topic.</summary>
    public static string Of(string body)
    {
        try
        {
            var node = JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { MaxDepth = 128 });
            return Hide(node, "")?.ToJsonString(Readable) ?? "null";
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // Broken, too deep, or with the same name twice.
            return $"(not readable as JSON)\n{Words().Replace(body, word => IsHarmless(word.Value, "") ? word.Value : Mask)}";
        }
    }

    private static JsonNode? Hide(JsonNode? node, string name) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members
                    .Select(member => KeyValuePair.Create(SafeName(member.Key), Hide(member.Value, member.Key)))
                    .DistinctBy(member => member.Key)
            ),
            JsonArray items => new JsonArray([.. items.Select(item => Hide(item, name))]),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => IsHarmless(
                value.GetValue<string>(),
                name
            ) && !IsPersonal(name)
                ? value.DeepClone()
                : JsonValue.Create(Mask),
            JsonValue value
                when value.GetValueKind() == JsonValueKind.Number
                    && (IsPersonal(name) || !IsHarmlessNumber(value.ToJsonString(), name)) => JsonValue.Create(Mask),
            _ => node?.DeepClone(),
        };

    /// <summary>The names of attributes are chosen by people; one that is no identifier may hold anything.</summary>
    private static string SafeName(string name) => Identifier().IsMatch(name) ? name : Mask;

    private static bool IsPersonal(string name) => PersonalName().IsMatch(name);

    private static bool IsHarmless(string text, string name) =>
        text.Length <= 200
        && (
            Harmless().IsMatch(text)
            || (Code().IsMatch(text) && CodeName().IsMatch(name))
            || (DateOrDigits().IsMatch(text) && MeasureName().IsMatch(name))
        );

    /// <summary>Seven digits can be a telephone number.</summary>
    private static bool IsHarmlessNumber(string number, string name) =>
        MeasureName().IsMatch(name) || ShortNumber().IsMatch(number);

    /// <summary>A GUID, an instant, a duration, a topic or source name, a word of the platform.</summary>
    [GeneratedRegex(
        @"^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)?|P(\d{1,4}[YMWD])*(T(\d{1,6}(\.\d+)?[HMS])+)?|v2\.[a-z0-9_.{}-]+|v2\.[\w.-]+|aws\.[\w./-]+|[a-z]{2}-[a-z]+-\d|voice|chat|email|message|callback|true|false|customer|agent|acd|ivr|user|external|voicemail|inbound|outbound)$"
    )]
    private static partial Regex Harmless();

    [GeneratedRegex(@"^[A-Z][A-Z0-9_]*$")]
    private static partial Regex Code();

    /// <summary>Members whose values the platform chooses from a list.</summary>
    [GeneratedRegex(
        @"^(property|qualifier|flowOutcomeValue)$|(^d|D)irection$|(^t|T)ype$|(^s|S)tat(e|us)$|(^r|R)eason$|(^o|O)utcome$|(^p|P)resence$|(^r|R)outing$|(^c|C)hannel$|(^p|P)rovider$|(^s|S)ource$|(^p|P)urpose$|^(errorC|statusC|c)ode$"
    )]
    private static partial Regex CodeName();

    [GeneratedRegex(@"^(\d{4}-\d\d-\d\d|\d{1,13})$")]
    private static partial Regex DateOrDigits();

    /// <summary>Members that hold a time, a count or a measure.</summary>
    [GeneratedRegex(
        @"^(time|timestamp|version|interval|duration|count|size|offset|statusCode|errorCode)$|[a-z](Time|Timestamp|Date|At|Ms|Duration|Start|End|Count|Interval|Version|Offset|Seconds|Millis|Bytes|Changed)$"
    )]
    private static partial Regex MeasureName();

    [GeneratedRegex(@"^-?\d{1,6}(\.\d+)?$")]
    private static partial Regex ShortNumber();

    [GeneratedRegex(
        @"[Bb]irth|(^|[a-z_.-])(ani|dnis|phone|tel|e-?mail|addresses?|names?|birth|ssn|iban|card|account|token|secret|password|text|subject|note)(s|$|[A-Z_.-])|^(ANI|DNIS)$|[a-z](Ani|Dnis|Phone|Email|Address|Name|Number|Text|Subject|Notes?|Account)$",
        RegexOptions.None
    )]
    private static partial Regex PersonalName();

    [GeneratedRegex(@"^[A-Za-z$_][\w.-]{0,63}$")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"[^\s{}\[\]"",:]+")]
    private static partial Regex Words();
}
