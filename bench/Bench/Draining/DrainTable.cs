using Bench.Reporting;

namespace Bench.Draining;

/// <summary>Results side by side.</summary>
internal static class DrainTable
{
    /// <summary>Adds all there is to say of them: what they took, how they warmed up, what they asked for.</summary>
    public static void AddTo(Report report, IReadOnlyList<Rounds> all)
    {
        report.Add(Of(all));
        report.Add(WarmUp(all));
        report.Add(Operations(all));
    }

    private static Table Of(IReadOnlyList<Rounds> all)
    {
        var table = new Table(
            "",
            "events/s",
            "CPU µs/event",
            "second half",
            "allocated KB/event",
            "second half",
            "peak RSS MB",
            "SQS requests/1,000",
            "DynamoDB requests/1,000",
            "write units/1,000",
            "$/million"
        );
        foreach (var rounds in all)
        {
            table.Add(
                rounds.Name,
                rounds.MedianText(result => result.EventsPerSecond),
                rounds.Text(result => result.MicrosecondsAnEvent),
                rounds.Text(result => result.MarginalMicroseconds),
                Kilobytes(rounds, result => result.Allocated),
                Kilobytes(rounds, result => result.AllocatedLater),
                rounds.MedianText(result => result.PeakMegabytes),
                rounds.MedianText(result => result.Per1000(result.Counts.Sqs), "N1"),
                rounds.MedianText(result => result.Per1000(result.Counts.DynamoDb), "N1"),
                rounds.MedianText(result => result.WriteUnitsPerThousand),
                rounds.MedianText(result => result.DollarsPerMillion, "N2")
            );
        }

        return table;
    }

    /// <summary>Processor time an event, of each tenth of the messages: where a row becomes level, warming up is over.</summary>
    private static Table WarmUp(IReadOnlyList<Rounds> all)
    {
        var table = new Table(["CPU µs/event by tenths", .. Enumerable.Range(1, 10).Select(tenth => $"{tenth}")]);
        foreach (var rounds in all)
        {
            table.Add([
                rounds.Name,
                .. Enumerable
                    .Range(0, 10)
                    .Select(tenth => rounds.MedianText(result => result.MicrosecondsByTenth[tenth])),
            ]);
        }

        return table;
    }

    /// <summary>Requests and write units for 1,000 events, by operation.</summary>
    public static Table Operations(IReadOnlyList<Rounds> all)
    {
        var results = all.SelectMany(rounds => rounds.Results).ToList();
        var table = new Table(["for 1,000 events", .. all.Select(rounds => rounds.Name)]);
        foreach (var operation in results.SelectMany(result => result.Counts.ByOperation.Keys).Distinct().Order())
        {
            Add(operation, result => result.Requests(operation), "N1");
        }

        Add("all requests", result => result.Counts.Total, "N1");
        foreach (var operation in results.SelectMany(result => result.Counts.UnitsByOperation.Keys).Distinct().Order())
        {
            Add($"write units of {operation}", result => result.Counts.UnitsByOperation.GetValueOrDefault(operation));
        }

        Add("all write units", result => result.Counts.WriteUnits);
        return table;

        void Add(string name, Func<DrainResult, double> count, string format = "N0") =>
            table.Add([
                name,
                .. all.Select(rounds => rounds.MedianText(result => result.Per1000(count(result)), format)),
            ]);
    }

    private static string Kilobytes(Rounds rounds, Func<DrainResult, Allocated?> of) =>
        rounds.Results.All(result => of(result) is not null)
            ? rounds.MedianText(result => of(result)!.KilobytesAMessage, "N2")
            : "";
}
