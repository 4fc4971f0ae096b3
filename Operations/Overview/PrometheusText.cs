using System.Globalization;
using System.Text.RegularExpressions;

namespace Operations.Overview;

/// <summary>Reads the text format of Prometheus as far as our services write it.</summary>
internal static partial class PrometheusText
{
    public static IReadOnlyList<Reading> Read(string text) =>
        [
            .. text.Split('\n')
                .Select(line => Line().Match(line))
                .Where(match => match.Success)
                .Select(match => new Reading(
                    match.Groups["name"].Value,
                    Label()
                        .Matches(match.Groups["labels"].Value)
                        .ToDictionary(
                            label => label.Groups["name"].Value,
                            label => label.Groups["value"].Value,
                            StringComparer.Ordinal
                        ),
                    double.TryParse(match.Groups["value"].Value, CultureInfo.InvariantCulture, out var value)
                        ? value
                        : 0
                )),
        ];

    [GeneratedRegex("^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?<labels>.*)\\})? (?<value>[-+0-9.eEa-zA-Z]+)$")]
    private static partial Regex Line();

    [GeneratedRegex("(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=\"(?<value>([^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Label();
}

/// <summary>One value of one metric of one process.</summary>
internal sealed record Reading(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    public bool Has(string label, string value) => Labels.GetValueOrDefault(label) == value;
}
