using System.Text;

namespace Events.Attributes;

/// <summary>What SQS takes as the text of a message attribute: not empty, and only characters XML 1.0 allows. One it does not allow would sink the send.</summary>
public static class AttributeText
{
    /// <summary>Ten attributes of this length are 1 % of a message; a reason longer than this is read by nobody.</summary>
    public const int BytesMax = 1024;

    /// <summary>Null where there is nothing to send. What is not allowed becomes U+FFFD; what is too long is cut.</summary>
    public static string? Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var clean = new StringBuilder(text.Length);
        var bytes = 0;
        // Half of a surrogate pair enumerates as U+FFFD already.
        foreach (var rune in text.EnumerateRunes())
        {
            var allowed = IsAllowed(rune) ? rune : Rune.ReplacementChar;
            bytes += allowed.Utf8SequenceLength;
            if (bytes > BytesMax)
            {
                break;
            }

            clean.Append(allowed.ToString());
        }

        return clean.ToString();
    }

    private static bool IsAllowed(Rune rune) =>
        rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or >= 0x10000;
}
