using Processor.Testing.Outside;
using Simulation.Coverage;
using Simulation.Histories;
using Simulation.Mutants;
using Testing;

namespace Simulation.Invariants;

/// <summary>
/// An invariant that nothing can violate says nothing. Most are seen violated by a mutant; those that no mutant violates first are
/// violated here, by what is done to a history that went well.
/// </summary>
public sealed class InvariantTests
{
    /// <summary>Those that no mutant violates first, and what does.</summary>
    private static readonly IReadOnlyDictionary<string, Func<string?>> Violated = new Dictionary<string, Func<string?>>
    {
        [Invariant.SlotsGivenBack] = () =>
            ViolationOf(history =>
                Assert.True(history.AllReplicas[^1].Processor.Slots.TakeAsync(CancellationToken.None).IsCompleted)
            ),
        [Invariant.NothingExpired] = () => ViolationOf(history => history.Outside.Aws.Queue.Expired.Add(AMessage())),
        [Invariant.NothingMoved] = () =>
            ViolationOf(history => history.Outside.Aws.Queue.MovedByPolicy.Add(AMessage())),
        [Invariant.ProcessWhole] = () => Verdict.Of(7, () => throw new NotSupportedException("no such plan")).Violation,
        [Invariant.PersonServed] = () =>
            ViolationOf(() => EndInvariants.NoPersonWaitsLong(isBlockedForHours: false, TimeSpan.FromMinutes(8))),
        [Invariant.EndsInTime] = () => ViolationOf(() => EndInvariants.EndedInTime(TimeSpan.FromSeconds(61), "a1")),
        [Invariant.MinuteHeld] = () => ViolationOfOneCallMore(TimeSpan.FromMinutes(1), 20, Invariant.MinuteHeld),
        [Invariant.NothingSavedUp] = () => ViolationOfOneCallMore(TimeSpan.FromSeconds(1), 3, Invariant.NothingSavedUp),
    };

    public static TheoryData<string> Here => [.. Violated.Keys];

    [Theory]
    [MemberData(nameof(Here))]
    public void What_is_against_an_invariant_is_told_as_its_violation(string invariant) =>
        Assert.StartsWith($"{invariant}: ", Violated[invariant](), StringComparison.Ordinal);

    [Fact]
    public void Each_invariant_is_seen_violated_by_a_mutant_or_here() =>
        Assert.Empty(Invariant.All.Except(AllMutants.List.Select(mutant => mutant.Noticed)).Except(Violated.Keys));

    private static StoredMessage AMessage() =>
        new("id", "body", new Dictionary<string, string>(), SimulatedWorld.Start) { VisibleAt = SimulatedWorld.Start };

    /// <summary>Of so many evenly in a window, and then one more at its end.</summary>
    private static string ViolationOfOneCallMore(TimeSpan window, int most, string invariant)
    {
        List<TimeSpan> departures = [.. Enumerable.Range(0, most).Select(call => window * call / (most + 1))];
        Check();

        departures.Add(window - TimeSpan.FromTicks(1));
        return ViolationOf(Check);

        void Check() => Minutes.Check(departures, [(TimeSpan.Zero, 20)], window, invariant, _ => most);
    }

    /// <param name="spoil">What is done to a history that went well.</param>
    private static string ViolationOf(Action<History> spoil)
    {
        using var history = new History(Plan.Of(1), new FaultCoverage());
        history.Run();
        spoil(history);

        return ViolationOf(() => EndInvariants.Check(history));
    }

    private static string ViolationOf(Action check) => Assert.Throws<ViolationException>(check).Message;
}
