using System.Text.RegularExpressions;

namespace Operations.DeadLetters;

/// <summary>The part of a reason that is the same for all letters of its kind: the code, without what tells one from another.</summary>
internal static partial class NormalisedReason
{
    private const int CharsMax = 80;

    public static string Of(string reason)
    {
        var code = Varying().Replace(reason.Split(':', 2)[0].Trim(), "#");
        return code.Length switch
        {
            0 => "none",
            > CharsMax => code[..CharsMax],
            _ => code,
        };
    }

    /// <summary>Ids and numbers: a group for each of them would be a group of one.</summary>
    [GeneratedRegex(@"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\b[0-9a-fA-F]{16,}\b|\d{3,}")]
    private static partial Regex Varying();
}
