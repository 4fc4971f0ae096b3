using System.Reflection;
using System.Text.RegularExpressions;

namespace Conventions.Tests.Documents;

/// <summary>What the source text says above the properties of a type, in comments of either kind.</summary>
internal sealed partial class Comments
{
    private readonly Dictionary<string, string> _byProperty = [];

    public Comments(Assembly program, Type type)
    {
        var declaration = new Regex($@"\b(class|record) {type.Name}\b");
        var file = Sources.Product.Single(source =>
            source.Top == program.GetName().Name
            && source.Folder.Replace('/', '.') == type.Namespace
            && declaration.IsMatch(source.Text)
        );
        Read(file.Text[declaration.Match(file.Text).Index..].Split('\n').Skip(1));
    }

    /// <summary>The comment; where there is none, the neighbour whose comment speaks of this one too.</summary>
    public string Of(string property) =>
        _byProperty.GetValueOrDefault(property) is { Length: > 0 } own
            ? own
            : _byProperty
                .Where(other => other.Value.Contains($"`{property}`", StringComparison.Ordinal))
                .Select(other => $"See `{other.Key}`.")
                .FirstOrDefault("");

    private void Read(IEnumerable<string> lines)
    {
        var comment = new List<string>();
        foreach (var line in lines.TakeWhile(line => !line.StartsWith('}')))
        {
            if (Property().Match(line) is { Success: true } property)
            {
                _byProperty[property.Groups["name"].Value] = Plain(string.Join(' ', comment));
                comment.Clear();
            }
            else if (Comment().Match(line) is { Success: true } text)
            {
                comment.Add(text.Groups["text"].Value);
            }
            else if (!line.TrimStart().StartsWith('['))
            {
                comment.Clear();
            }
        }
    }

    private static string Plain(string comment)
    {
        var text = Reference().Replace(comment, "`${name}`");
        return Blanks().Replace(Tag().Replace(Code().Replace(text, "`${text}`"), " "), " ").Trim();
    }

    [GeneratedRegex(@"^\s+public (required )?[\w<>?.\[\], ]+ (?<name>\w+)\s*(\{|=>|$)")]
    private static partial Regex Property();

    /// <summary>On a line of its own, or behind an attribute.</summary>
    [GeneratedRegex(@"^\s*(///?|\[.*\]\s*//)\s*(?<text>.*?)\s*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"<(see|paramref)\s+\w+=""([\w.]+\.)?(?<name>\w+)""\s*/>")]
    private static partial Regex Reference();

    [GeneratedRegex(@"<c>(?<text>.*?)</c>")]
    private static partial Regex Code();

    [GeneratedRegex("</?(summary|remarks|value|para)>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s{2,}")]
    private static partial Regex Blanks();
}
