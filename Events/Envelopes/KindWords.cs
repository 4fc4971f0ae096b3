using System.Text.Json;

namespace Events.Envelopes;

internal static class KindWords
{
    /// <summary>What a member is, in the words an operator reads. A string gets here only when it is no identifier.</summary>
    public static string InWords(this JsonTokenType kind) =>
        kind switch
        {
            JsonTokenType.None or JsonTokenType.Null => "missing",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.Number => "a number",
            JsonTokenType.True or JsonTokenType.False => "a boolean",
            _ => "a string that cannot be read",
        };
}
