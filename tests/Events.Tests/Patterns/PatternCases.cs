using System.Text.Json;

namespace Events.Tests.Patterns;

/// <summary>
/// The tables in Cases/*.ndjson. A line is a pattern with events that it matches and events that it does not, or a pattern
/// that is refused, with path and reason. Patterns and events are taken as they are written there.
/// </summary>
internal static class PatternCases
{
    internal static IEnumerable<(string Name, string Pattern, string Event, bool Matches)> Valid() =>
        from line in Lines(file => file != "invalid")
        from side in new[] { (Key: "matches", Matches: true), (Key: "not", Matches: false) }
        from candidate in line.Case.GetProperty(side.Key).EnumerateArray()
        select (
            $"{line.File}: {line.Case.GetProperty("case").GetString()}",
            line.Case.GetProperty("pattern").GetRawText(),
            candidate.GetRawText(),
            side.Matches
        );

    internal static IEnumerable<(string Name, string Pattern, string Path, string Reason)> Invalid() =>
        from line in Lines(file => file == "invalid")
        select (
            line.Case.GetProperty("case").GetString()!,
            line.Case.TryGetProperty("text", out var text)
                ? text.GetString()!
                : line.Case.GetProperty("pattern").GetRawText(),
            line.Case.GetProperty("path").GetString()!,
            line.Case.GetProperty("reason").GetString()!
        );

    private static IEnumerable<(string File, JsonElement Case)> Lines(Func<string, bool> wanted) =>
        from file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Patterns", "Cases")).Order()
        let name = Path.GetFileNameWithoutExtension(file)
        where wanted(name)
        from line in File.ReadLines(file)
        select (name, JsonElement.Parse(line));
}
