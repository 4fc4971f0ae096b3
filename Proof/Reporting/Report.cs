using System.Globalization;
using System.Text;
using Proof.Comparing;

namespace Proof.Reporting;

/// <summary>The short table at the end of a proof.</summary>
internal static class Report
{
    public static string Of(Truth truth, Findings findings, DateTimeOffset firstPublishedAt)
    {
        var seconds = findings.LastRecordedAt is { } last ? Math.Max(0.001, (last - firstPublishedAt).TotalSeconds) : 0;
        var rate = seconds > 0 ? findings.Recorded / seconds : 0;
        var table = new StringBuilder();

        Row("emitted", truth.Distinct);
        Row("delivered", truth.Deliveries);
        Row("recorded", findings.Recorded);
        Row("duplicates absorbed", truth.Deliveries - truth.Distinct);
        Row("dead-lettered", findings.DeadLettered);
        Row("letters repeated", findings.LettersRepeated);
        Row("misplaced", findings.Misplaced);
        Row("lost", findings.Lost);
        Row("doubled", findings.Doubled);
        Row("effects done", findings.Effects.Done);
        Row("effects missing", findings.Effects.Missing);
        Row("effects repeated in doubt", findings.Effects.RepeatedInDoubt);
        Row("conversations enriched", findings.Enriched);
        Row("not enriched", findings.NotEnriched);
        Row("API calls", findings.Api.Requests);
        Row("API calls refused", findings.Api.Refused);
        Row("most calls in a window", findings.Api.MostInOneWindow);
        Row("budget used", findings.Api.BudgetUsed, " %");
        Row("events/s", rate);
        Row("publish to record p50", Percentile(findings.Latencies, 0.50).TotalMilliseconds, " ms");
        Row("publish to record p99", Percentile(findings.Latencies, 0.99).TotalMilliseconds, " ms");
        table.Append(
            findings.Holds
                ? "PROVEN: nothing lost, nothing doubled."
                : $"NOT PROVEN: {string.Join(", ", findings.Faults)}."
        );
        return table.ToString();

        void Row(string name, double value, string unit = "") =>
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {name, -26} {value.ToString("N0", CultureInfo.InvariantCulture), 10}{unit}"
            );
    }

    /// <summary>Nearest rank; zero of nothing.</summary>
    public static TimeSpan Percentile(IReadOnlyList<TimeSpan> sorted, double share) =>
        sorted.Count == 0
            ? TimeSpan.Zero
            : sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];
}
