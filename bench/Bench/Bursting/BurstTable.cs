using System.Globalization;
using Bench.Reporting;

namespace Bench.Bursting;

/// <summary>A row for each phase of each run.</summary>
internal static class BurstTable
{
    public static Table Of(IReadOnlyList<BurstResult> results)
    {
        var table = new Table(
            "phase",
            "events",
            "events/s",
            "not yet deleted",
            "p50 ms",
            "p99 ms",
            "max ms",
            "publisher's own, p99"
        );
        foreach (var result in results)
        {
            foreach (var (name, phase) in result.Phases)
            {
                var delays = result.Delays.Of(phase);
                table.Add(
                    $"{result.Name}: {name}",
                    Text(delays.Count),
                    Text(phase.Sent / (phase.To - phase.From).TotalSeconds),
                    Text(phase.MostNotDeleted),
                    Text(Delays.Percentile(delays, 0.50), "N1"),
                    Text(Delays.Percentile(delays, 0.99), "N1"),
                    Text(Delays.Percentile(delays, 1), "N1"),
                    Text(Delays.Percentile(phase.LatenessMs, 0.99), "N1")
                );
            }
        }

        return table;
    }

    private static string Text(double value, string format = "N0") =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
