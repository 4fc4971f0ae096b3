using System.Text.RegularExpressions;

namespace Conventions.Tests.Documents;

/// <summary>One instrument of a meter.</summary>
internal sealed record Instrument(string Program, string Name, string Kind, string Unit, string Description);

/// <summary>
/// All of them, read from the source text: an instrument that is made late, or only when somebody observes something, counts too.
/// </summary>
internal static partial class Instruments
{
    public static IReadOnlyList<Instrument> All { get; } =
    [
        .. Sources
            .Product.SelectMany(file => Creation().Matches(file.Text).Select(match => Read(file, match)))
            .OrderBy(instrument => instrument.Program, StringComparer.Ordinal)
            .ThenBy(instrument => instrument.Name, StringComparer.Ordinal),
    ];

    private static Instrument Read(SourceFile file, Match creation)
    {
        var texts = Call.TextsOf(file.Text, creation.Index + creation.Length);
        if (texts.Count < 3)
        {
            throw new InvalidOperationException(
                $"{file.Path}: an instrument has name, unit and description, as literals: {creation.Value}…"
            );
        }

        return new Instrument(file.Top, texts[0], Word(creation.Groups["kind"].Value), texts[1], texts[2]);
    }

    private static string Word(string kind) =>
        kind.Replace("Observable", "", StringComparison.Ordinal) switch
        {
            "UpDownCounter" => "up-down counter",
            var one => one.ToLowerInvariant(),
        };

    [GeneratedRegex(@"\.Create(?<kind>(Observable)?(Counter|UpDownCounter|Gauge)|Histogram)(<\w+>)?\(")]
    private static partial Regex Creation();
}
