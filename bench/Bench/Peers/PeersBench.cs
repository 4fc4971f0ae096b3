using System.Globalization;
using Bench.Draining;
using Bench.Loads;
using Bench.Reporting;

namespace Bench.Peers;

/// <summary>The same queue for each candidate, one after another on emulators of its own, and how many times as much each took as we did.</summary>
internal static class PeersBench
{
    /// <summary>How many messages the results on the page are of; fewer make no plot.</summary>
    public const int Published = 20_000;

    /// <summary>Whoever is measured, by the word of the command line; ours is the first.</summary>
    private static readonly (string Word, Candidate Candidate)[] All =
    [
        ("processor", Candidate.Processor),
        ("processor-as-built", Candidate.BuiltProcessor),
        ("plain", Candidate.DotNetPeer("plain .NET", "Peers.Plain")),
        ("plain-ahead", Candidate.PublishedDotNetPeer("plain .NET, ahead", "Peers.Plain")),
        ("sqs-consumer", Candidate.NodePeer("sqs-consumer", "sqs-consumer.mjs")),
        ("powertools", Candidate.NodePeer("Powertools batch", "powertools-batch.mjs")),
        ("floor", Candidate.DotNetPeer("floor", "Peers.Floor") with { KnowsEvents = false }),
    ];

    public static IReadOnlyList<string> Words { get; } = [.. All.Select(known => known.Word)];

    /// <param name="workload">The messages.</param>
    /// <param name="words">Who is measured.</param>
    /// <param name="rounds">How often each.</param>
    /// <param name="report">Where it is said.</param>
    public static async Task RunAsync(Workload workload, IReadOnlyList<string> words, int rounds, Report report)
    {
        report.Heading($"peers: {workload}, {Report.Times(rounds)}");
        var chosen = All.Where(known => words.Contains(known.Word)).Select(known => known.Candidate).ToList();
        if (chosen.Exists(candidate => candidate.IsNode))
        {
            await NodePackages.InstallAsync();
        }

        foreach (var candidate in chosen)
        {
            await candidate.PrepareAsync();
        }

        var results = await Turns.TakeAsync([.. chosen.Select(Run)], rounds, report);

        DrainTable.AddTo(report, results);
        if (chosen[0] == Candidate.Processor || chosen[0] == Candidate.BuiltProcessor)
        {
            report.Add(Ratios(results));
            report.Add(Compressed(results));
        }

        if (chosen.Count == All.Length && workload.Bodies.Count >= Published)
        {
            BarChart.Save(
                "peers.svg",
                "Processor time of an event, µs, start included",
                [.. results.Select(result => (result.Name, result.Median(one => one.MicrosecondsAnEvent)))]
            );
        }

        (string, Func<Task<DrainResult>>) Run(Candidate candidate) =>
            (candidate.Name, () => DrainRun.FromEmulatorsAsync(candidate, workload, replicas: 1, report));
    }

    /// <summary>What compressing bodies as we do would save a peer: each item that it puts is one write unit then.</summary>
    private static string Compressed(IReadOnlyList<Rounds> all)
    {
        var dollars = all.Where(rounds => rounds.Results.All(result => result.Requests("PutItem") > 0))
            .Select(rounds => $"{rounds.Name} {rounds.MedianText(Dollars, "N2")}");
        return $"Computed, not measured: dollars for a million events if their bodies were compressed like ours: {string.Join(", ", dollars)}.";

        static double Dollars(DrainResult result) =>
            Price.OfMillion(
                result.Per1000(result.Counts.Sqs),
                result.WriteUnitsPerThousand
                    - result.Per1000(
                        result.Counts.UnitsByOperation.GetValueOrDefault("PutItem") - result.Requests("PutItem")
                    )
            );
    }

    /// <summary>Of the medians.</summary>
    private static Table Ratios(IReadOnlyList<Rounds> all)
    {
        var ours = all[0];
        var table = new Table(
            "times ours",
            "CPU",
            "second half",
            "RSS",
            "requests",
            "without GetItem",
            "write units",
            "dollars"
        );
        foreach (var other in all.Skip(1))
        {
            table.Add(
                other.Name,
                Ratio(result => result.MicrosecondsAnEvent),
                Ratio(result => result.MarginalMicroseconds),
                Ratio(result => result.PeakMegabytes),
                Ratio(result => result.RequestsPerThousand),
                Ratio(result => result.RequestsPerThousand - result.Per1000(result.Requests("GetItem"))),
                Ratio(result => result.WriteUnitsPerThousand),
                Ratio(result => result.DollarsPerMillion)
            );

            string Ratio(Func<DrainResult, double> of) =>
                (other.Median(of) / ours.Median(of)).ToString("N2", CultureInfo.InvariantCulture);
        }

        return table;
    }
}
