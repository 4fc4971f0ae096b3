using Simulation.Coverage;
using Simulation.Invariants;
using Testing;

namespace Simulation.Histories;

/// <summary>What came of one seed.</summary>
/// <param name="Violation">What does not hold; null when all does.</param>
/// <param name="LastSteps">Of a seed that failed.</param>
internal sealed record Verdict(int Seed, string? Violation, IReadOnlyCollection<string> LastSteps)
{
    private const int LastStepsMax = 50;

    /// <summary>Continuations run.</summary>
    public long Steps { get; private init; }

    /// <param name="seed">Which history.</param>
    /// <param name="coverage">Counts what it met.</param>
    /// <param name="withSteps">Whether a seed that fails is run once more for its last steps.</param>
    public static Verdict Of(int seed, FaultCoverage coverage, bool withSteps = true)
    {
        var verdict = Of(seed, () => new History(Plan.Of(seed), coverage));
        return verdict.Violation is { } violation && withSteps ? Traced(seed).Confirming(violation) : verdict;
    }

    /// <summary>The same run once more, since a seed gives no other, and now every step is written down.</summary>
    public static Verdict Traced(int seed, int steps = LastStepsMax) =>
        Of(seed, () => new History(Plan.Of(seed), new FaultCoverage(), steps));

    /// <summary>What goes wrong while a history is made is told as what goes wrong in it: it is the seed's.</summary>
    internal static Verdict Of(int seed, Func<History> make)
    {
        History? history = null;
        try
        {
            var violation = ViolationIn(() => (history = make()).Run());
            return new Verdict(seed, violation, history?.Trace.Last ?? []) { Steps = history?.Steps ?? 0 };
        }
        finally
        {
            history?.Dispose();
        }
    }

    /// <summary>What was found stays found: a run that cannot be repeated is a fault of its own.</summary>
    private Verdict Confirming(string first) =>
        FirstLineOf(Violation) == FirstLineOf(first)
            ? this
            : this with
            {
                Violation = $"{first}{Environment.NewLine}It does not repeat: then {Violation ?? "all held"}.",
            };

    /// <summary>Below it stands where an exception came from, which is not the same when each step is written down.</summary>
    private static string? FirstLineOf(string? violation) => violation?.Split('\n', 2)[0].TrimEnd();

    private static string? ViolationIn(Action run)
    {
        try
        {
            run();
            return null;
        }
        catch (ViolationException violation)
        {
            return violation.Message;
        }
        catch (BrokenWorldException broken)
        {
            // A deadlock, a run without end, code that left it.
            return $"{Invariant.RunEnds}: {broken.Message}";
        }
        catch (Exception broken)
        {
            // Of whatever kind: the other seeds are tried all the same, and this one is told with its steps.
            return $"{Invariant.ProcessWhole}: {broken}";
        }
    }
}
