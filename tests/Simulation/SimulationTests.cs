using System.Globalization;
using Simulation.Coverage;
using Simulation.Histories;

namespace Simulation;

/// <summary>
/// Whole histories, a seed each: fixed ones that every run tries, and some that nobody tried before. A seed that fails is replayed
/// by <c>dotnet run -c Release --project tests/Simulation -- --seed S</c>, or here by SIMULATION_SEED=S.
/// </summary>
public sealed class SimulationTests
{
    private const string SeedVariable = "SIMULATION_SEED";
    private const int FixedSeeds = 40;
    private const int NewSeeds = 10;

    public static TheoryData<int> Seeds { get; } =
        Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed
            ? [int.Parse(seed, CultureInfo.InvariantCulture)]
            : [.. Enumerable.Range(0, FixedSeeds)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Everything_holds_whatever_fails(int seed)
    {
        var verdict = Verdict.Of(seed, new FaultCoverage());

        AssertHolds(verdict);
    }

    [Fact]
    public void Everything_holds_in_histories_that_nobody_tried_before()
    {
        var first = (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() % 1_000_000_000);
        TestContext.Current.SendDiagnosticMessage(
            $"Seeds {first} to {first + NewSeeds - 1} at commit {CommandLine.Commit.Current}."
        );

        for (var seed = first; seed < first + NewSeeds; seed++)
        {
            AssertHolds(Verdict.Of(seed, new FaultCoverage()));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void A_seed_gives_the_same_history_to_the_last_step(int seed)
    {
        var (first, second) = (HashOf(seed), HashOf(seed));

        Assert.Equal(first, second);
    }

    [Fact]
    public void The_settings_a_seed_chooses_are_such_as_production_accepts()
    {
        Assert.All(Enumerable.Range(0, 200), seed => Assert.Empty(SettingsFaults.Of(Plan.Of(seed))));
    }

    private static (int Hash, long Steps) HashOf(int seed)
    {
        using var history = new History(Plan.Of(seed), new FaultCoverage(), stepsTraced: 1);
        history.Run();
        return (history.Trace.Hash, history.Steps);
    }

    private static void AssertHolds(Verdict verdict) =>
        Assert.True(
            verdict.Violation is null,
            $"Seed {verdict.Seed} at commit {CommandLine.Commit.Current}: {verdict.Violation}{Environment.NewLine}"
                + string.Join(Environment.NewLine, verdict.LastSteps)
        );
}
