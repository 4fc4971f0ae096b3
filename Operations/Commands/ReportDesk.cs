using System.Globalization;
using Operations.Answering;
using Operations.Auditing;
using Operations.Budget;
using Operations.Conversations;
using Operations.Journal;
using Operations.Layout;
using static Operations.Commands.Terminal;

namespace Operations.Commands;

/// <summary>Says on a terminal what the pages beside those of dead letters show.</summary>
internal sealed class ReportDesk(
    ConversationDesk conversations,
    BudgetTable budgets,
    OperatorsJournal journal,
    IServiceProvider services
)
{
    public async Task<int> LatestAsync(int take, CancellationToken cancellationToken)
    {
        var latest = await conversations.LatestAsync(
            Math.Clamp(take, 1, ConversationDesk.LatestMax),
            cancellationToken
        );
        foreach (var line in latest.Conversations)
        {
            Say(
                $"{Shown.Text(line.ConversationId), -36}  {Shown.Time(line.WrittenAt)}  {line.Events, 4} events  {Shown.Text(line.State), -12} {Shown.Text(line.Outcome), -12} details {Shown.Text(line.Details)}"
            );
        }

        return Say(
            latest.IsCut
                ? $"{latest.Conversations.Count} conversations, of {latest.Seen} that were looked through (Conversations:BrowsedMax). The table holds more, and later ones may be among them."
                : $"{latest.Conversations.Count} conversations, the one that was summarised last first."
        );
    }

    public async Task<int> ShowAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await conversations.FindAsync(id, cancellationToken);
        if (answer is not Answer<Timeline>.Done { Value: var timeline })
        {
            return Refuse(answer);
        }

        Say($"conversation {Shown.Text(timeline.ConversationId)}");
        foreach (var one in timeline.Events)
        {
            var marks = $"{(one.IsOutOfTurn ? " out of turn" : "")}{(one.IsVariant ? " variant" : "")}";
            Say(
                $"{Shown.Precisely(one.At)}  arrival {one.Arrival, 3}  late {Shown.Span(one.Late), -8} attempts {one.Attempts}  duplicates {one.Duplicates}  {Shown.Text(one.Step)}{marks}"
            );
        }

        foreach (var letter in timeline.Letters)
        {
            Say($"letter {letter.Id} ({letter.State}): {Shown.Text(letter.Reason)}, failed again {letter.FailedAgain}");
        }

        foreach (var effect in timeline.Effects)
        {
            Say($"effect {effect.Handler} of {effect.EventKey} ({effect.State}), run {effect.Runs} times");
        }

        if (timeline.IsCut || timeline.NotRead > 0)
        {
            Say("Not all of it could be read: numbers here are too small.");
        }

        Say(
            $"{timeline.Events.Count} events, {timeline.Letters.Count} dead letters; bodies are shown by the pages, masked."
        );
        return Say(timeline.Summary is { } summary ? Shown.Text(summary) : "It has no summary yet.");
    }

    public async Task<int> BudgetAsync(CancellationToken cancellationToken)
    {
        var records = await budgets.ReadAsync(cancellationToken);
        foreach (var record in records)
        {
            Say(
                $"{Shown.Text(record.Budget)}: {record.Used} of {record.Allowed} in the minute since {Shown.Time(record.WindowStart)}, {record.Reserve} of them kept for people and redrives"
            );
            foreach (var share in record.Shares)
            {
                Say(
                    $"  share    {Shown.Text(share.Holder)} ({share.Class}): {Shown.Number(share.Rate)} a minute, wants {Shown.Number(share.Want)}, until {Shown.Time(share.Until)}"
                );
            }

            foreach (var block in record.Blocks)
            {
                Say($"  blocked  {block.Endpoint} until {Shown.Time(block.Until)}, by {Shown.Text(block.By)}");
            }
        }

        return records.Count == 0 ? Say("Nobody has called the API in the last day.") : 0;
    }

    public async Task<int> JournalAsync(int days, CancellationToken cancellationToken)
    {
        var entries = await journal.ReadAsync(Math.Clamp(days, 1, OperatorsJournal.DaysMax), cancellationToken);
        foreach (var entry in entries)
        {
            Say(
                $"{Shown.Time(entry.At)}  {Shown.Text(entry.Who), -20} {entry.What, -8} {Shown.Text(entry.On)}: {Shown.Text(entry.Result)}{(entry.Note is { } note ? $" ({Shown.Text(note)})" : "")}"
            );
        }

        return Say(
            entries.Count > OperatorsJournal.LinesMax
                ? $"The newest {entries.Count} lines; there may be older ones of these days. Times are UTC."
                : $"{entries.Count} lines, the newest first. Times are UTC."
        );
    }

    /// <summary>It changes nothing but costs calls to the API, of the reserve that redrives live on: so it is for those who say so.</summary>
    public async Task<int> AuditAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        bool yes,
        CancellationToken cancellationToken
    )
    {
        var interval = string.Create(CultureInfo.InvariantCulture, $"{Shown.Time(from)} and {Shown.Time(to)} UTC");
        if (!yes)
        {
            return Auditor.FaultOf(from, to) is { } fault
                ? Refuse(fault)
                : Say(
                    $"Genesys would be asked which conversations began between {interval}, with at most {Auditor.CallsMax} calls of the reserve. Nothing was asked: say --yes."
                );
        }

        // Of all commands only this one needs the API, and its settings.
        var auditor = services.GetRequiredService<Auditor>();
        var answer = await auditor.CompareAsync(from, to, CommandDesk.Who, cancellationToken);
        if (answer is not Answer<AuditReport>.Done { Value: var report })
        {
            return Refuse(answer);
        }

        foreach (var missing in report.Missing)
        {
            Say($"{Shown.Text(missing.ConversationId), -36}  began {Shown.Time(missing.StartedAt)}  {missing.Advice}");
        }

        Say(
            $"Between {interval} Genesys tells of {report.Told} conversations; {report.Arrived} arrived here, {report.Missing.Count} are missing. It cost {report.Calls} calls."
        );
        return report.Incomplete is { } incomplete ? Refuse($"Not all of it was compared: {incomplete}") : 0;
    }
}
