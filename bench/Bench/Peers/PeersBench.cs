using System.Globalization;
using Bench.Draining;
using Bench.Loads;
using Bench.Reporting;

namespace Bench.Peers;

/// <summary>The same queue for each candidate, one after another on emulators of its own, and how many times as much each took as we did.</summary>
internal static class PeersBench
{
    private static readonly Candidate[] Others =
    [
        Candidate.DotNetPeer("plain .NET", "Peers.Plain"),
        Candidate.NodePeer("sqs-consumer", "sqs-consumer.mjs"),
        Candidate.NodePeer("Powertools batch", "powertools-batch.mjs"),
        Candidate.DotNetPeer("floor", "Peers.Floor") with
        {
            KnowsEvents = false,
        },
    ];

    public static async Task RunAsync(Workload workload, Report report)
    {
        report.Heading($"peers: {workload}");
        await NodePackages.InstallAsync();
        var results = new List<DrainResult>();
        foreach (var candidate in (Candidate[])[Candidate.Processor, .. Others])
        {
            results.Add(await DrainRun.FromEmulatorsAsync(candidate, workload, 1));
            report.Done($"{results[^1]}");
        }

        report.Add(DrainTable.Of(results));
        report.Add(Ratios(results));
        report.Add(DrainTable.Operations(results));
        BarChart.Save(
            "peers.svg",
            "Processor time of an event, µs, start included",
            [.. results.Select(result => (result.Name, result.MicrosecondsAnEvent))]
        );
    }

    private static Table Ratios(List<DrainResult> results)
    {
        var ours = results[0];
        var table = new Table("times ours", "CPU", "marginal CPU", "RSS", "requests", "write units", "dollars");
        foreach (var other in results.Skip(1))
        {
            table.Add(
                other.Name,
                Ratio(result => result.MicrosecondsAnEvent),
                Ratio(result => result.MarginalMicroseconds),
                Ratio(result => result.PeakMegabytes),
                Ratio(result => result.RequestsPerThousand),
                Ratio(result => result.WriteUnitsPerThousand),
                Ratio(result => result.DollarsPerMillion)
            );

            string Ratio(Func<DrainResult, double> of) =>
                (of(other) / of(ours)).ToString("N2", CultureInfo.InvariantCulture);
        }

        return table;
    }
}
