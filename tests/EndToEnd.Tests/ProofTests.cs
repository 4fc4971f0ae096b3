using System.Globalization;
using System.Text.RegularExpressions;
using Testing;

namespace EndToEnd.Tests;

/// <summary>The whole system, started as the README says, judged by what it proves of itself.</summary>
[Collection(nameof(WholeSystem))]
public sealed partial class ProofTests
{
    private static readonly TimeSpan ProofMax = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task A_proof_of_five_thousand_events_loses_nothing_and_doubles_nothing()
    {
        await using var run = AppHostRun.Start(["--Proof:Events=5000"]);

        var exitCode = await run.ExitCodeAsync(ProofMax, TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, run.Output);
        Assert.Equal(0, Row(run, "lost"));
        Assert.Equal(0, Row(run, "doubled"));
        Assert.Equal(5_000, Row(run, "recorded") + Row(run, "dead-lettered"));
        AssertAdversity(run);
    }

    [Fact]
    public async Task A_proof_that_is_interrupted_is_no_proof()
    {
        await using var run = AppHostRun.Start(["--Proof:Events=3000", "--Proof:RatePerSecond=50"]);
        await run.LineAsync(
            line => line.Contains("Emitting", StringComparison.Ordinal),
            ProofMax,
            TestContext.Current.CancellationToken
        );

        run.Terminate();

        Assert.NotEqual(0, await run.ExitCodeAsync(ProofMax, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_proof_holds_while_a_replica_is_killed_every_two_seconds()
    {
        await using var run = AppHostRun.Start(
            ["--Proof:Events=3000", "--Proof:RatePerSecond=150", "--Proof:Timeout=00:05:00"],
            ShortVisibility.Set
        );
        await run.LineAsync(
            line => line.Contains("Emitting", StringComparison.Ordinal),
            ProofMax,
            TestContext.Current.CancellationToken
        );
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(2), TimeProvider.System);
        var chance = new Random(11);
        var killed = 0;
        var ended = run.ExitCodeAsync(ProofMax, TestContext.Current.CancellationToken);

        while (!ended.IsCompleted && !run.Output.Contains("deliveries accepted, 0 refused", StringComparison.Ordinal))
        {
            killed += run.KillOne("processor", chance) ? 1 : 0;
            await Task.WhenAny(ended, pause.WaitForNextTickAsync(TestContext.Current.CancellationToken).AsTask());
        }

        Assert.True(await ended == 0, run.Output);
        Assert.True(killed >= 3, $"{killed} kills");
        Assert.Equal(0, Row(run, "lost"));
        Assert.Equal(0, Row(run, "doubled"));
        AssertAdversity(run);
    }

    /// <summary>What was proven was proven of duplicates and poison too.</summary>
    private static void AssertAdversity(AppHostRun run)
    {
        Assert.True(Row(run, "delivered") > Row(run, "emitted"), run.Output);
        Assert.True(Row(run, "dead-lettered") > 0, run.Output);
    }

    private static int Row(AppHostRun run, string name)
    {
        var row = Regex.Match(run.Output, $@"\b{name}\s+(?<value>[\d,]+)");
        Assert.True(row.Success, run.Output);
        return int.Parse(row.Groups["value"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }
}

/// <summary>One whole system at a time: two would measure each other.</summary>
[CollectionDefinition(nameof(WholeSystem), DisableParallelization = true)]
public sealed class WholeSystem;
