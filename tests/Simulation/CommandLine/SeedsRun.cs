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
    public static int Of(int firstSeed, int seeds, TextWriter output)
    {
        var coverage = new FaultCoverage();
        var started = Stopwatch.StartNew();
        var progress = Stopwatch.StartNew();
        var violations = 0;
        for (var number = 0; number < seeds; number++)
        {
            var verdict = Verdict.Of(firstSeed + number, coverage);
            if (verdict.Violation is not null && ++violations <= ViolationsPrintedMax)
            {
                Print(verdict, output);
            }

            if (progress.Elapsed > ProgressEvery)
            {
                progress.Restart();
                output.WriteLine(Line(number + 1, violations, started.Elapsed));
            }
        }

        output.WriteLine();
        output.WriteLine(coverage.Table());
        output.WriteLine();
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

    private static string Line(int seeds, int violations, TimeSpan elapsed) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{seeds:N0} seeds, {violations:N0} violations, {seeds / elapsed.TotalSeconds:F0} seeds/s"
        );
}
