namespace Simulation.Mutants;

/// <summary>The bugs that systems of this kind have had, in the order of an event's way.</summary>
internal static class AllMutants
{
    public static IReadOnlyList<Mutant> List { get; } =
    [.. RecordingMutants.List, .. SettlementMutants.List, .. EffectMutants.List, .. ApiMutants.List];
}
