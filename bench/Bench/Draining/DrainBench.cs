using Bench.Loads;
using Bench.Reporting;

namespace Bench.Draining;

/// <summary>The Processor alone: on endpoints that answer from memory, and on the emulators with 1, 2 and 4 replicas.</summary>
internal static class DrainBench
{
    public static async Task RunAsync(Workload workload, Report report)
    {
        report.Heading($"drain: {workload}");
        var results = new List<DrainResult>
        {
            await DrainRun.FromMemoryAsync(Candidate.Processor, workload, 1) with
            {
                Name = "from memory",
            },
        };
        report.Done($"{results[^1]}");
        foreach (var replicas in (int[])[1, 2, 4])
        {
            var result = await DrainRun.FromEmulatorsAsync(Candidate.Processor, workload, replicas);
            results.Add(result with { Name = replicas == 1 ? "on the emulators" : $"{replicas} replicas" });
            report.Done($"{results[^1]}");
        }

        report.Add(DrainTable.Of(results));
        report.Add(DrainTable.Operations(results));
    }
}
