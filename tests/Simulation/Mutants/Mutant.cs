namespace Simulation.Mutants;

/// <summary>
/// A deliberate bug: a place in the product's source and what stands there instead when the mutant is on. It exists only in the copy
/// that <c>--mutants</c> builds.
/// </summary>
/// <param name="Name">What it does wrong.</param>
/// <param name="Noticed">The invariant that it is against: the one that the published table has it under.</param>
/// <param name="File">From the root of the repository.</param>
/// <param name="Old">The text, which stands there exactly once.</param>
/// <param name="New">The text instead; <see cref="IsOn"/> in it asks whether this mutant is on.</param>
/// <param name="FirstSeed">From where on seeds are tried: what shows it may be as rare as the bug was when it was found.</param>
internal sealed record Mutant(string Name, string Noticed, string File, string Old, string New, int FirstSeed = 0)
{
    /// <summary>Stands for the question in <see cref="New"/>.</summary>
    public const string IsOn = "MUTANT";

    /// <summary>The variable that says, in the mutated build, which mutant is on.</summary>
    public const string Variable = "SIMULATION_MUTANT";

    /// <returns>The source with this mutant in it.</returns>
    public string Apply(string source)
    {
        var first = source.IndexOf(Old, StringComparison.Ordinal);
        if (first < 0 || source.IndexOf(Old, first + 1, StringComparison.Ordinal) >= 0)
        {
            throw new InvalidOperationException(
                $"The mutant '{Name}' has its place in {File} {(first < 0 ? "no longer" : "more than once")}: {Old}"
            );
        }

        var text = New.Replace(IsOn, $"global::Events.MutantSwitch.IsOn(\"{Name}\")", StringComparison.Ordinal);
        return string.Concat(source.AsSpan(0, first), text, source.AsSpan(first + Old.Length));
    }
}
