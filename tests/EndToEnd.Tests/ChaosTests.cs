using System.Diagnostics;
using System.Globalization;
using Chaos;
using Testing;

namespace EndToEnd.Tests;

/// <summary>Kills, stops and cuts against the real processes, as <c>dotnet run --project tests/Chaos</c> does them.</summary>
[Collection(nameof(WholeSystem))]
public sealed class ChaosTests
{
    private const int Seconds = 60;
    private const int Seed = 7;
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(Seconds);

    /// <summary>What takes longer is stuck; before that it says itself what it waits for.</summary>
    private static readonly TimeSpan ChaosMax = ChaosRun.LongestOf(Minute) + TimeSpan.FromMinutes(1);

    [Fact]
    public void The_plan_of_that_minute_has_every_kind_of_blow()
    {
        var planned = Blow.Plan(Seed, Minute).Select(blow => blow.Kind);

        Assert.Empty(Enum.GetValues<BlowKind>().Except(planned));
    }

    [Fact]
    public async Task A_minute_of_blows_loses_nothing_and_doubles_nothing()
    {
        var program = Repository.ProgramOf("tests/Chaos");
        using var chaos = Process.Start(
            new ProcessStartInfo("dotnet", ["exec", program, "--seconds", Text(Seconds), "--seed", Text(Seed)])
            {
                RedirectStandardOutput = true,
            }
        )!;

        var last = "";
        try
        {
            last = await LastLineAsync(chaos.StandardOutput).WaitAsync(ChaosMax, TestContext.Current.CancellationToken);
            await chaos.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!chaos.HasExited)
            {
                chaos.Kill(entireProcessTree: true);
            }
        }

        Assert.Equal(0, chaos.ExitCode);
        Assert.Equal("lost 0, doubled 0", last);
    }

    /// <summary>Each line is written down as it comes, so that a run that is cut off has told how far it got.</summary>
    private static async Task<string> LastLineAsync(StreamReader output)
    {
        var last = "";
        while (await output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(line);
            last = line;
        }

        return last;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
