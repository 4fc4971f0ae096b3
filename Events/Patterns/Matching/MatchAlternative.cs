namespace Events.Patterns.Matching;

/// <summary>The conditions that must hold together, and whose pattern then matches.</summary>
internal sealed record MatchAlternative(int Pattern, ulong[] Conditions);
