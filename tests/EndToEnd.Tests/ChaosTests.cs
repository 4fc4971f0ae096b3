using System.Diagnostics;
using Testing;

namespace EndToEnd.Tests;

/// <summary>Kills, stops and cuts against the real processes, as <c>dotnet run --project tests/Chaos</c> does them.</summary>
[Collection(nameof(WholeSystem))]
public sealed class ChaosTests
{
    private static readonly TimeSpan ChaosMax = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task Half_a_minute_of_blows_loses_nothing_and_doubles_nothing()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", Repository.ProgramOf("tests/Chaos"), "--seconds", "30", "--seed", "7"]
        )
        {
            RedirectStandardOutput = true,
        };
        ShortVisibility.Set(start);
        using var chaos = Process.Start(start)!;

        var output = await chaos
            .StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            .WaitAsync(ChaosMax, TestContext.Current.CancellationToken);
        await chaos.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(chaos.ExitCode == 0, output);
        Assert.EndsWith("lost 0, doubled 0", output.TrimEnd(), StringComparison.Ordinal);
    }
}
