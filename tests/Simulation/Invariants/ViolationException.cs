namespace Simulation.Invariants;

/// <summary>Something that must hold does not.</summary>
/// <param name="invariant">Which, in its own words.</param>
/// <param name="found">What was found instead.</param>
internal sealed class ViolationException(string invariant, string found) : Exception($"{invariant}: {found}");
