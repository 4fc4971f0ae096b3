using Bench.Reporting;

namespace Bench.Draining;

/// <summary>
/// Rounds in which everybody has one turn, each round begun by the next: what the machine does at the same time, and what the one before
/// left behind, meets all alike.
/// </summary>
internal static class Turns
{
    public static async Task<IReadOnlyList<Rounds>> TakeAsync(
        IReadOnlyList<(string Name, Func<Task<DrainResult>> Run)> runs,
        int rounds,
        Report report
    )
    {
        var results = runs.Select(run => new List<DrainResult>()).ToList();
        for (var turn = 0; turn < rounds * runs.Count; turn++)
        {
            var (round, place) = (turn / runs.Count, turn % runs.Count);
            var chosen = (place + round) % runs.Count;
            report.Done($"round {round + 1} of {rounds}, {place + 1} of {runs.Count}: {runs[chosen].Name}");
            results[chosen].Add(await runs[chosen].Run() with { Name = runs[chosen].Name });
            report.Done($"  {results[chosen][^1]}");
        }

        return [.. runs.Select((run, index) => new Rounds(run.Name, results[index]))];
    }
}
