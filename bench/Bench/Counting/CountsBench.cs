using System.Globalization;
using Bench.Draining;
using Bench.Loads;
using Bench.Reporting;
using Testing;

namespace Bench.Counting;

/// <summary>What is billed does not depend on the machine, and none of it is above the budget. Requests of the table do, a little: batches that meet share one.</summary>
internal static class CountsBench
{
    public static async Task RunAsync(Workload workload, Report report)
    {
        report.Heading($"counts: {workload}");
        var budget = CostBudget.Of("counts");
        var result = await DrainRun.FromEmulatorsAsync(Candidate.BuiltProcessor, workload, 1, report);
        (string Name, double Seen, double Allowed)[] counts =
        [
            ("SQS requests/1,000", result.Per1000(result.Counts.Sqs), budget.SqsRequestsPerThousand),
            ("DynamoDB requests/1,000", result.Per1000(result.Counts.DynamoDb), budget.DynamoDbRequestsPerThousand),
            ("write units/1,000", result.WriteUnitsPerThousand, budget.WriteUnitsPerThousand),
        ];
        var table = new Table("", "seen", "budget");
        foreach (var (name, seen, allowed) in counts)
        {
            table.Add(name, Text(seen), Text(allowed));
        }

        report.Add(table);
        report.Add(DrainTable.Operations([new Rounds(result.Name, [result])]));
        if (Array.Find(counts, count => count.Seen > count.Allowed) is { Name: not null } over)
        {
            throw new BenchException($"{over.Name} is above the budget: {Text(over.Seen)} of {Text(over.Allowed)}.");
        }
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
