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
    private static readonly TimeSpan ChaosMax = TimeSpan.FromMinutes(7);

    [Fact]
    public void The_plan_of_that_minute_has_every_kind_of_blow()
    {
        var planned = Blow.Plan(Seed, TimeSpan.FromSeconds(Seconds)).Select(blow => blow.Kind);

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

        var output = await chaos
            .StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            .WaitAsync(ChaosMax, TestContext.Current.CancellationToken);
        await chaos.WaitForExitAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine(output);

        Assert.True(chaos.ExitCode == 0, output);
        Assert.EndsWith("lost 0, doubled 0", output.TrimEnd(), StringComparison.Ordinal);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
