using System.Diagnostics;
using Bench.Endpoints;
using Bench.Loads;
using Bench.Programs;

namespace Bench.Draining;

/// <summary>A full queue, and how long and how much it takes until it is empty and every event is in the table.</summary>
internal static class DrainRun
{
    public static async Task<DrainResult> FromMemoryAsync(Candidate candidate, Workload workload, int replicas)
    {
        await using var aws = await MemoryAws.StartAsync();
        return await DrainAsync(aws, candidate, workload, replicas);
    }

    public static async Task<DrainResult> FromEmulatorsAsync(Candidate candidate, Workload workload, int replicas)
    {
        await using var aws = await EmulatedAws.StartAsync();
        return await DrainAsync(aws, candidate, workload, replicas);
    }

    private static async Task<DrainResult> DrainAsync(
        IMeasuredAws aws,
        Candidate candidate,
        Workload workload,
        int replicas
    )
    {
        await aws.LoadAsync(workload);
        var started = Stopwatch.GetTimestamp();
        var programs = await Task.WhenAll(
            Enumerable.Range(0, replicas).Select(_ => candidate.StartAsync(aws.Environment))
        );
        try
        {
            var atHalf = TimeSpan.Zero;
            await Progress.ReachesAsync(workload.Bodies.Count, Deleted, programs);
            var elapsed = Stopwatch.GetElapsedTime(started);
            var processorTime = ProcessorTime(programs);
            var result = new DrainResult(
                replicas == 1 ? candidate.Name : $"{candidate.Name} x {replicas}",
                workload.Bodies.Count,
                elapsed,
                processorTime,
                processorTime - atHalf,
                programs.Max(program => program.PeakResidentBytes),
                aws.Counts,
                await aws.RecordedAsync()
            );
            var expected = candidate.KnowsEvents ? workload.Distinct : workload.Bodies.Count;
            return result.Recorded == expected
                ? result
                : throw new BenchException($"{candidate.Name} recorded {result.Recorded} of {expected} events.");

            int Deleted()
            {
                var deleted = aws.Counts.Deleted;
                atHalf = deleted < workload.Bodies.Count / 2 ? ProcessorTime(programs) : atHalf;
                return deleted;
            }
        }
        finally
        {
            await Task.WhenAll(programs.Select(program => program.DisposeAsync().AsTask()));
        }
    }

    private static TimeSpan ProcessorTime(IReadOnlyList<MeasuredProgram> programs) =>
        TimeSpan.FromTicks(programs.Sum(program => program.ProcessorTime.Ticks));
}
