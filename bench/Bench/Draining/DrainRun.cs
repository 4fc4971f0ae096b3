using System.Diagnostics;
using Bench.Endpoints;
using Bench.Loads;
using Bench.Programs;
using Bench.Reporting;

namespace Bench.Draining;

/// <summary>A full queue, and how long and how much it takes until it is empty and every event is in the table.</summary>
internal static class DrainRun
{
    /// <summary>A longer queue makes the emulator's receives slow; what is more comes as it is drained.</summary>
    private const int BacklogMax = 20_000;

    private const int FedAtATime = 500;

    private static readonly TimeSpan FeedingLook = TimeSpan.FromMilliseconds(20);

    public static async Task<DrainResult> FromMemoryAsync(
        Candidate candidate,
        Workload workload,
        int replicas,
        Report report
    )
    {
        await using var aws = await MemoryAws.StartAsync();
        return await DrainAsync(aws, candidate, workload, replicas, report);
    }

    public static async Task<DrainResult> FromEmulatorsAsync(
        Candidate candidate,
        Workload workload,
        int replicas,
        Report report
    )
    {
        await using var aws = await EmulatedAws.StartAsync();
        return await DrainAsync(aws, candidate, workload, replicas, report);
    }

    private static async Task<DrainResult> DrainAsync(
        IMeasuredAws aws,
        Candidate candidate,
        Workload workload,
        int replicas,
        Report report
    )
    {
        var messages = workload.Bodies.Count;
        await aws.LoadAsync([.. workload.Bodies.Take(BacklogMax)]);
        var feeding = FeedAsync(aws, workload.Bodies);
        var started = Stopwatch.GetTimestamp();
        var programs = await Task.WhenAll(
            Enumerable.Range(0, replicas).Select(_ => candidate.StartAsync(aws.Environment, candidate.TellsAllocations))
        );
        try
        {
            var course = new Course(programs);
            Allocated? atHalf = null;
            using (report.TellsOf(() => aws.Counts.Deleted, messages))
            {
                await Progress.ReachesAsync(messages, DeletedAsync, programs);
            }

            var elapsed = Stopwatch.GetElapsedTime(started);
            var counts = aws.Counts.Snapshot();
            var allocated = candidate.TellsAllocations ? await Allocated.ByAsync(programs, () => messages) : null;
            await Progress.ReachesAsync(messages, async () => messages - await aws.LeftAsync(), programs);
            var result = new DrainResult(
                candidate.Name,
                messages,
                elapsed,
                course,
                programs.Max(program => program.PeakResidentBytes),
                counts,
                await aws.RecordedAsync()
            )
            {
                Allocated = allocated,
                AllocatedLater = atHalf?.Messages < messages ? allocated! - atHalf : null,
            };
            await feeding;
            var expected = candidate.KnowsEvents ? workload.Distinct : messages;
            if (result.Recorded != expected)
            {
                throw new BenchException($"{candidate.Name} recorded {result.Recorded} of {expected} events.");
            }

            var poison = candidate.KnowsEvents ? workload.Poison : 0;
            var letters = await aws.DeadLettersAsync();
            return letters == poison
                ? result
                : throw new BenchException(
                    $"{candidate.Name} made {letters} dead letters of {poison} poison messages."
                );

            async Task<int> DeletedAsync()
            {
                await (feeding.IsFaulted ? feeding : Task.CompletedTask);
                var deleted = aws.Counts.Deleted;
                course.Look(deleted);
                if (atHalf is null && candidate.TellsAllocations && deleted >= messages / 2 && deleted < messages)
                {
                    atHalf = await Allocated.ByAsync(programs, () => aws.Counts.Deleted);
                }

                return deleted;
            }
        }
        finally
        {
            await Task.WhenAll(programs.Select(program => program.DisposeAsync().AsTask()));
        }
    }

    private static async Task FeedAsync(IMeasuredAws aws, IReadOnlyList<string> bodies)
    {
        for (var fed = BacklogMax; fed < bodies.Count; fed += FedAtATime)
        {
            while (fed + FedAtATime - aws.Counts.Deleted > BacklogMax)
            {
                await Task.Delay(FeedingLook, TimeProvider.System, CancellationToken.None);
            }

            await aws.LoadAsync([.. bodies.Skip(fed).Take(FedAtATime)]);
        }
    }
}
