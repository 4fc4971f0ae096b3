using System.Globalization;
using Bench.Reporting;

namespace Bench.Draining;

/// <summary>Results side by side.</summary>
internal static class DrainTable
{
    public static Table Of(IReadOnlyList<DrainResult> results)
    {
        var table = new Table(
            "",
            "events/s",
            "CPU µs/event",
            "marginal",
            "peak RSS MB",
            "SQS requests/1,000",
            "DynamoDB requests/1,000",
            "write units/1,000",
            "$/million"
        );
        foreach (var result in results)
        {
            table.Add(
                result.Name,
                Text(result.EventsPerSecond, "N0"),
                Text(result.MicrosecondsAnEvent, "N0"),
                Text(result.MarginalMicroseconds, "N0"),
                Text(result.PeakMegabytes, "N0"),
                Text(result.Per1000(result.Counts.Sqs), "N1"),
                Text(result.Per1000(result.Counts.DynamoDb), "N1"),
                Text(result.WriteUnitsPerThousand, "N0"),
                Text(result.DollarsPerMillion, "N2")
            );
        }

        return table;
    }

    /// <summary>Requests for 1,000 events, by operation.</summary>
    public static Table Operations(IReadOnlyList<DrainResult> results)
    {
        var operations = results.SelectMany(result => result.Counts.ByOperation.Keys).Distinct().Order().ToList();
        var table = new Table([$"requests/1,000", .. results.Select(result => result.Name)]);
        foreach (var operation in operations)
        {
            table.Add([
                operation,
                .. results.Select(result =>
                    Text(result.Per1000(result.Counts.ByOperation.GetValueOrDefault(operation)), "N1")
                ),
            ]);
        }

        return table;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
