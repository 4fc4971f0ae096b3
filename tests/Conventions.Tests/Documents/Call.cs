using System.Text;

namespace Conventions.Tests.Documents;

/// <summary>Reads a call in source text as far as these tests need it: its arguments that are plain strings.</summary>
internal static class Call
{
    /// <param name="text">A file of C#.</param>
    /// <param name="start">Just behind the opening parenthesis.</param>
    /// <returns>The arguments that consist of string literals alone; pieces joined by + are one.</returns>
    public static List<string> TextsOf(string text, int start)
    {
        var texts = new List<string>();
        var literal = new StringBuilder();
        var hasLiteral = false;
        var isPlain = true;
        var depth = 0;
        for (var index = start; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '"':
                    index = ReadLiteral(text, index + 1, literal);
                    hasLiteral = true;
                    break;

                case ',' when depth == 0:
                case ')' when depth == 0:
                    if (hasLiteral && isPlain)
                    {
                        texts.Add(literal.ToString());
                    }

                    if (text[index] == ')')
                    {
                        return texts;
                    }

                    literal.Clear();
                    (hasLiteral, isPlain) = (false, true);
                    break;

                case '('
                or '['
                or '{':
                    depth++;
                    isPlain = false;
                    break;

                case ')'
                or ']'
                or '}':
                    depth--;
                    break;

                case '+'
                or ':':
                    break;

                case var other when !char.IsWhiteSpace(other) && !IsNameOfArgument(text, index):
                    isPlain = false;
                    break;
            }
        }

        return texts;
    }

    private static int ReadLiteral(string text, int index, StringBuilder literal)
    {
        for (; text[index] != '"'; index++)
        {
            if (text[index] == '\\')
            {
                index++;
            }

            literal.Append(text[index]);
        }

        return index;
    }

    /// <summary>As in <c>description: "…"</c>.</summary>
    private static bool IsNameOfArgument(string text, int index)
    {
        while (char.IsLetter(text[index]))
        {
            index++;
        }

        return text[index] == ':';
    }
}
