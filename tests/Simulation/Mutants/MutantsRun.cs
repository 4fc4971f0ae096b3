using System.Diagnostics;
using System.Globalization;
using Simulation.Coverage;
using Simulation.Histories;

namespace Simulation.Mutants;

/// <summary>The test of the test: with each mutant on, seeds are tried until one of them notices.</summary>
internal static class MutantsRun
{
    private const int SeedsMax = 1_000;

    /// <summary>What a run with one mutant on prints at its end.</summary>
    private const string CaughtMark = "caught by seed ";

    /// <summary>The exit codes of a run that came to its end; any other says nothing of the mutant.</summary>
    private const int NoneNoticed = 0;
    private const int OneNoticed = 1;

    /// <param name="words">Of the names of those to try; all when there are none.</param>
    /// <param name="output">Where the table goes.</param>
    /// <returns>The exit code: 1 when a mutant survives.</returns>
    public static async Task<int> RunAsync(string[] words, TextWriter output)
    {
        var tried = AllMutants
            .List.Where(mutant =>
                words.Length == 0 || words.Any(word => mutant.Name.Contains(word, StringComparison.Ordinal))
            )
            .ToList();
        if (tried.Count == 0)
        {
            output.WriteLine($"No mutant is named so: {string.Join(", ", words)}");
            return 2;
        }

        var program = MutatedTree.Build(output);
        var (without, falseAlarm) = await TryAsync(program, "none of them", 0, 20);
        if (without != NoneNoticed)
        {
            output.WriteLine($"Without a mutant on, the copy fails: {falseAlarm}");
            return 1;
        }

        output.WriteLine();
        output.WriteLine("| mutant | seeds needed | noticed as |");
        output.WriteLine("|---|---|---|");
        var caught = 0;
        foreach (var mutant in tried)
        {
            var (exitCode, noticed) = await TryAsync(program, mutant.Name, mutant.FirstSeed, SeedsMax);
            caught += exitCode == OneNoticed ? 1 : 0;
            output.WriteLine($"| {mutant.Name} | {noticed} |");
        }

        output.WriteLine();
        output.WriteLine($"{caught} of {tried.Count} mutants caught");
        return caught == tried.Count ? 0 : 1;
    }

    /// <summary>In the mutated program: seeds until one fails.</summary>
    public static int Catch(int firstSeed, int seedsMax, TextWriter output)
    {
        for (var seed = firstSeed; seed < firstSeed + seedsMax; seed++)
        {
            if (Verdict.Of(seed, new FaultCoverage(), withSteps: false) is { Violation: { } violation })
            {
                var invariant = violation[..violation.IndexOf(':', StringComparison.Ordinal)];
                var from = firstSeed == 0 ? "" : $" from {firstSeed:N0} on";
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{CaughtMark}{seed - firstSeed + 1}{from} | {invariant}"
                    )
                );
                return OneNoticed;
            }
        }

        return NoneNoticed;
    }

    private static async Task<(int ExitCode, string Noticed)> TryAsync(
        string program,
        string mutant,
        int firstSeed,
        int seedsMax
    )
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    "exec",
                    program,
                    "--catch",
                    seedsMax.ToString(CultureInfo.InvariantCulture),
                    "--from",
                    firstSeed.ToString(CultureInfo.InvariantCulture),
                ]
            )
            {
                RedirectStandardOutput = true,
                Environment = { [Mutant.Variable] = mutant },
            }
        )!;
        string? caught = null;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            caught = line.StartsWith(CaughtMark, StringComparison.Ordinal) ? line[CaughtMark.Length..] : caught;
        }

        await process.WaitForExitAsync();
        return process.ExitCode switch
        {
            NoneNoticed => (NoneNoticed, $"survived {seedsMax} |"),
            OneNoticed when caught is not null => (OneNoticed, caught),
            var other => (-1, $"broke with exit code {other} |"),
        };
    }
}
