using Bench.Loads;
using Bench.Reporting;

namespace Bench.Draining;

/// <summary>The Processor alone: with 1, 2 and 4 replicas, on endpoints that answer from memory and on the emulators.</summary>
internal static class DrainBench
{
    public static async Task RunAsync(Workload workload, int rounds, Report report)
    {
        report.Heading($"drain: {workload}, {Report.Times(rounds)}");
        await Candidate.Processor.PrepareAsync();
        (string Name, Func<Task<DrainResult>> Run)[] runs =
        [
            ("from memory", () => DrainRun.FromMemoryAsync(Candidate.Processor, workload, 1, report)),
            ("from memory, 2", () => DrainRun.FromMemoryAsync(Candidate.Processor, workload, 2, report)),
            ("from memory, 4", () => DrainRun.FromMemoryAsync(Candidate.Processor, workload, 4, report)),
            ("on the emulators", () => DrainRun.FromEmulatorsAsync(Candidate.Processor, workload, 1, report)),
            ("2 replicas", () => DrainRun.FromEmulatorsAsync(Candidate.Processor, workload, 2, report)),
            ("4 replicas", () => DrainRun.FromEmulatorsAsync(Candidate.Processor, workload, 4, report)),
        ];
        var results = await Turns.TakeAsync(runs, rounds, report);

        DrainTable.AddTo(report, results);
    }
}
