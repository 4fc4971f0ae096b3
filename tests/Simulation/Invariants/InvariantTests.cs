using System.Reflection;
using Processor.Testing.Outside;
using Simulation.Coverage;
using Simulation.Histories;
using Testing;

namespace Simulation.Invariants;

/// <summary>
/// An invariant that nothing can violate says nothing. Most are seen violated by a mutant; those that no mutant violates first are
/// violated here, by what is done to a history that went well.
/// </summary>
public sealed class InvariantTests
{
    private const string Mutants = "docs/simulation.md";
    private const string ThisFile = "tests/Simulation/Invariants/InvariantTests.cs";

    [Fact]
    public void A_slot_that_is_kept_is_noticed() =>
        AssertNoticed(
            Invariant.SlotsGivenBack,
            history =>
                Assert.True(history.AllReplicas[^1].Processor.Slots.TakeAsync(CancellationToken.None).IsCompleted)
        );

    [Fact]
    public void A_message_that_outlived_retention_is_noticed() =>
        AssertNoticed(
            Invariant.NothingExpired,
            history =>
                history.Outside.Aws.Queue.Expired.Add(
                    new StoredMessage("id", "body", new Dictionary<string, string>(), SimulatedWorld.Start)
                    {
                        VisibleAt = SimulatedWorld.Start,
                    }
                )
        );

    [Fact]
    public void A_message_that_the_redrive_policy_moved_is_noticed() =>
        AssertNoticed(
            Invariant.NothingMoved,
            history =>
                history.Outside.Aws.Queue.MovedByPolicy.Add(
                    new StoredMessage("id", "body", new Dictionary<string, string>(), SimulatedWorld.Start)
                    {
                        VisibleAt = SimulatedWorld.Start,
                    }
                )
        );

    [Fact]
    public void An_exception_in_the_making_of_a_history_is_its_violation()
    {
        var verdict = Verdict.Of(7, () => throw new NotSupportedException("no such plan"));

        Assert.Equal(7, verdict.Seed);
        Assert.StartsWith(Invariant.ProcessWhole, verdict.Violation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_who_waits_for_long_is_noticed()
    {
        var violation = Assert.Throws<ViolationException>(() =>
            EndInvariants.NoPersonWaitsLong(isBlockedForHours: false, TimeSpan.FromMinutes(8))
        );

        Assert.StartsWith(Invariant.PersonServed, violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_takes_longer_to_end_than_the_host_waits_is_noticed()
    {
        var violation = Assert.Throws<ViolationException>(() =>
            EndInvariants.EndedInTime(TimeSpan.FromSeconds(61), "a1")
        );

        Assert.StartsWith(Invariant.EndsInTime, violation.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, 20, Invariant.MinuteHeld)]
    [InlineData(1, 3, Invariant.NothingSavedUp)]
    public void One_call_more_than_a_window_may_hold_is_noticed(int seconds, int most, string invariant)
    {
        var window = TimeSpan.FromSeconds(seconds);
        List<TimeSpan> departures = [.. Enumerable.Range(0, most).Select(call => window * call / (most + 1))];
        Check();

        departures.Add(window - TimeSpan.FromTicks(1));

        var violation = Assert.Throws<ViolationException>(Check);
        Assert.StartsWith(invariant, violation.Message, StringComparison.Ordinal);

        void Check() => Minutes.Check(departures, [(TimeSpan.Zero, 20)], window, invariant, _ => most);
    }

    [Fact]
    public void Each_invariant_is_seen_violated_by_a_mutant_or_here()
    {
        var (mutants, here) = (
            File.ReadAllText(Repository.PathOf(Mutants)),
            File.ReadAllText(Repository.PathOf(ThisFile))
        );

        Assert.All(
            typeof(Invariant).GetFields(BindingFlags.Public | BindingFlags.Static),
            invariant =>
                Assert.True(
                    mutants.Contains($"| {invariant.GetValue(null)} |", StringComparison.Ordinal)
                        || here.Contains($"{nameof(Invariant)}.{invariant.Name}", StringComparison.Ordinal),
                    $"Nothing shows that '{invariant.GetValue(null)}' can be violated."
                )
        );
    }

    private static void AssertNoticed(string invariant, Action<History> spoil)
    {
        using var history = new History(Plan.Of(1), new FaultCoverage());
        history.Run();

        spoil(history);

        var violation = Assert.Throws<ViolationException>(() => EndInvariants.Check(history));
        Assert.StartsWith(invariant, violation.Message, StringComparison.Ordinal);
    }
}
