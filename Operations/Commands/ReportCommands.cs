using System.CommandLine;
using System.Globalization;
using static Operations.Commands.CommandLine;

namespace Operations.Commands;

/// <summary>Commands that look: conversations, budget, audit, journal.</summary>
internal static class ReportCommands
{
    public static Command Conversations()
    {
        var id = new Argument<string>("conversation") { Description = "The id of a conversation." };
        var take = new Option<int>("--take") { Description = "At most so many.", DefaultValueFactory = _ => 20 };
        return new("conversations", "What happened in one, and which there are.")
        {
            Act<ReportDesk>(
                "list",
                "Those that were summarised last; of a large table, of as many as are looked through.",
                [take],
                (desk, parsed, token) => desk.LatestAsync(parsed.GetValue(take), token)
            ),
            Act<ReportDesk>(
                "show",
                "Its events in their order, its dead letters, its effects and its summary, masked.",
                [id],
                (desk, parsed, token) => desk.ShowAsync(parsed.GetValue(id)!, token)
            ),
        };
    }

    public static Command Budget() =>
        Act<ReportDesk>(
            "budget",
            "Per OAuth client: what the API allows, what is used, who holds which share, what is blocked.",
            [],
            (desk, _, token) => desk.BudgetAsync(token)
        );

    public static Command Journal()
    {
        var days = new Option<int>("--days") { Description = "Of so many days.", DefaultValueFactory = _ => 1 };
        return Act<ReportDesk>(
            "journal",
            "Who did what, when, and what came of it, the newest first.",
            [days],
            (desk, parsed, token) => desk.JournalAsync(parsed.GetValue(days), token)
        );
    }

    public static Command Audit()
    {
        var from = Instant("--from", "Its beginning, as in 2026-03-19T14:00:00Z.");
        var to = Instant("--to", "Its end.");
        return Act<ReportDesk>(
            "audit",
            "Compares what Genesys says there was in an interval with what arrived. It costs calls to the API, so it waits for --yes.",
            [from, to, Yes],
            (desk, parsed, token) =>
                desk.AuditAsync(parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(Yes), token)
        );
    }

    /// <summary>Without an offset it is UTC, as on all pages.</summary>
    private static Option<DateTimeOffset> Instant(string name, string description) =>
        new(name)
        {
            Description = description,
            Required = true,
            CustomParser = parsed =>
            {
                if (
                    DateTimeOffset.TryParse(
                        parsed.Tokens[0].Value,
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal,
                        out var instant
                    )
                )
                {
                    return instant;
                }

                parsed.AddError($"{name} is no instant: {parsed.Tokens[0].Value}");
                return default;
            },
        };
}
