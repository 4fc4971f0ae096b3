using System.Diagnostics;
using System.Globalization;
using Simulation.Coverage;
using Simulation.Histories;

namespace Simulation.CommandLine;

/// <summary>Runs many seeds, one after the other on one core, and says what it found.</summary>
internal static class SeedsRun
{
    private const int ViolationsPrintedMax = 20;
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(10);

    /// <returns>The exit code: 1 when something does not hold.</returns>
    public static int Of(int firstSeed, int seeds, TextWriter output) =>
        Of(Enumerable.Range(firstSeed, seeds), seeds, output);

    /// <summary>Only those whose history is large, from the first on.</summary>
    public static int OfLarge(int seeds, TextWriter output) =>
        Of(Enumerable.Range(0, int.MaxValue).Where(seed => Plan.Of(seed).IsLarge).Take(seeds), seeds, output);

    private static int Of(IEnumerable<int> chosen, int seeds, TextWriter output)
    {
        var coverage = new FaultCoverage();
        var started = Stopwatch.StartNew();
        var progress = Stopwatch.StartNew();
        var (tried, violations, steps) = (0, 0, 0L);
        foreach (var seed in chosen)
        {
            var verdict = Verdict.Of(seed, coverage);
            tried++;
            steps += verdict.Steps;
            if (verdict.Violation is not null && ++violations <= ViolationsPrintedMax)
            {
                Print(verdict, output);
            }

            if (progress.Elapsed > ProgressEvery)
            {
                progress.Restart();
                output.WriteLine(Line(tried, violations, started.Elapsed));
            }
        }

        output.WriteLine();
        output.WriteLine(coverage.Table());
        output.WriteLine();
        output.WriteLine(CostLine(seeds, steps, Environment.CpuUsage.TotalTime));
        output.WriteLine(Line(seeds, violations, started.Elapsed));
        return violations == 0 ? 0 : 1;
    }

    public static void Print(Verdict verdict, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"Seed {verdict.Seed} at commit {Commit.Current}: {verdict.Violation ?? "all holds."}");
        foreach (var step in verdict.LastSteps)
        {
            output.WriteLine($"  {step}");
        }
    }

    /// <summary>What it took of one core, which a busy machine does not change much; the compiler's part is in it.</summary>
    private static string CostLine(int seeds, long steps, TimeSpan processor) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{processor.TotalSeconds:F0} s of processor time, {seeds / processor.TotalSeconds:F0} seeds in each; {steps / Math.Max(1, seeds):N0} steps a seed"
        );

    private static string Line(int seeds, int violations, TimeSpan elapsed) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{seeds:N0} seeds, {violations:N0} violations, {seeds / elapsed.TotalSeconds:F0} seeds/s"
        );
}
