using System.Text.RegularExpressions;

namespace Conventions.Tests.Code;

public sealed partial class LogTests
{
    /// <summary>Each program's numbers, so that an id tells who speaks.</summary>
    private static readonly Dictionary<string, (int First, int Last)> Ranges = new()
    {
        ["ServiceDefaults"] = (10, 49),
        ["Provisioner"] = (50, 79),
        ["Proof"] = (80, 99),
        ["Ingestor"] = (100, 199),
        ["Processor"] = (200, 349),
        ["GenesysApi"] = (350, 399),
        ["GenesysMock"] = (400, 449),
        ["Operations"] = (500, 599),
    };

    [Fact]
    public void An_event_id_is_used_once() =>
        Rule.Holds(
            "One id, one message.",
            from same in LogEvents.All.GroupBy(log => log.Id)
            where same.Count() > 1
            select $"{same.Key}: {string.Join(", ", same.Select(log => $"{log.Program} {log.Source}"))}"
        );

    [Fact]
    public void An_event_id_lies_in_its_programs_range() =>
        Rule.Holds(
            "An id tells which program speaks.",
            from log in LogEvents.All
            where !Ranges.TryGetValue(log.Program, out var range) || log.Id < range.First || log.Id > range.Last
            select $"{log.Program} {log.Source}: {log.Id}"
        );

    [Fact]
    public void A_message_is_a_sentence() =>
        Rule.Holds(
            "A message begins with a capital or a value and ends with a full stop; a sentence that somebody else made is a value.",
            from log in LogEvents.All
            where !Sentence().IsMatch(log.Message)
            select $"{log.Program} {log.Source}: {log.Message}"
        );

    [Fact]
    public void The_words_of_a_class_stand_in_its_Log() =>
        Rule.Holds(
            "A class keeps what it says in a nested private class Log.",
            from log in LogEvents.All
            where !log.IsNested
            select $"{log.Program} {log.Source}: {log.Message}"
        );

    [GeneratedRegex(@"^(\p{Lu}|\{).*\.$|^\{\w+\}$")]
    private static partial Regex Sentence();
}
