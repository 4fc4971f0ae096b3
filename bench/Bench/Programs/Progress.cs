using System.Diagnostics;

namespace Bench.Programs;

/// <summary>Waits for work to be done, and gives up on work that stands still.</summary>
internal static class Progress
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StandstillMax = TimeSpan.FromSeconds(60);

    /// <param name="goal">How much there is to do.</param>
    /// <param name="done">How much is done.</param>
    /// <param name="programs">Who does it.</param>
    public static Task ReachesAsync(int goal, Func<int> done, IReadOnlyList<MeasuredProgram> programs) =>
        ReachesAsync(goal, () => Task.FromResult(done()), programs);

    /// <inheritdoc cref="ReachesAsync(int, Func{int}, IReadOnlyList{MeasuredProgram})"/>
    public static async Task ReachesAsync(int goal, Func<Task<int>> done, IReadOnlyList<MeasuredProgram> programs)
    {
        var last = -1;
        var moved = Stopwatch.GetTimestamp();
        while (true)
        {
            var now = await done();
            if (now >= goal)
            {
                return;
            }

            if (now != last)
            {
                (last, moved) = (now, Stopwatch.GetTimestamp());
            }
            else if (Stopwatch.GetElapsedTime(moved) > StandstillMax)
            {
                throw new BenchException(
                    $"No progress for {StandstillMax.TotalSeconds} s: {now} of {goal}.{Environment.NewLine}"
                        + string.Join(Environment.NewLine, programs.Select(program => program.LastLines))
                );
            }

            foreach (var program in programs)
            {
                program.ThrowIfEnded();
            }

            await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
        }
    }
}
