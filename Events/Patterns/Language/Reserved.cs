using System.Collections.Frozen;

namespace Events.Patterns.Language;

/// <summary>Names that no field inside <c>$or</c> may have: operators of today and those the service keeps for later.</summary>
internal static class Reserved
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "exactly",
        "equals-ignore-case",
        "prefix",
        "suffix",
        "anything-but",
        "exists",
        "wildcard",
        "numeric",
        "cidr",
        "=",
        "<",
        "<=",
        ">",
        ">=",
        "regex",
        "not-wildcard",
        "not-equals-ignore-case",
        "date-after",
        "date-on-or-after",
        "date-before",
        "date-on-or-before",
        "in-date-range",
        "ip-address-in-range",
        "ip-address-not-in-range",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal static bool Contains(string name) => Names.Contains(name);
}
