namespace Events.Patterns.Matching;

/// <summary>A condition's number such that the first has the highest, and 0 is none: so a cleared scope has met none.</summary>
internal static class Precedence
{
    internal const ulong None = 0;

    internal static ulong Of(int condition) => ulong.MaxValue - (ulong)condition;

    internal static int ConditionOf(ulong precedence) => (int)(ulong.MaxValue - precedence);
}
