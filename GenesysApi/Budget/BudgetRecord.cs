using System.Collections.Immutable;

namespace GenesysApi.Budget;

/// <summary>The one item of <c>api-budget</c> that all replicas of an OAuth client share.</summary>
public sealed record BudgetRecord
{
    /// <summary>OAuth client and limit: the partition key.</summary>
    public required string Budget { get; init; }

    /// <summary>Raised by every write; the condition of every write.</summary>
    public long Version { get; init; }

    /// <summary>Calls a minute: the least that a holder is configured for or was told by the server.</summary>
    public int Allowed { get; init; }

    public int Reserve { get; init; }

    /// <summary>When the minute began that <see cref="Used"/> counts; for people and pages, no decision hangs on it.</summary>
    public DateTimeOffset WindowStart { get; init; }

    public int Used { get; init; }

    public ImmutableArray<BudgetShare> Shares { get; init; } = [];

    public ImmutableArray<BudgetBlock> Blocks { get; init; } = [];

    public static BudgetRecord Unused(string budget) => new() { Budget = budget };
}

/// <summary>A holder's lease on a part of the rate: permits evenly spaced over the time it runs.</summary>
/// <param name="Rate">Calls a minute it may make.</param>
/// <param name="Want">Calls a minute it could make good use of.</param>
/// <param name="Limit">The limit it knows of.</param>
public sealed record BudgetShare(
    string Holder,
    BudgetClass Class,
    double Rate,
    double Want,
    int Limit,
    DateTimeOffset Until
);

/// <summary>Nobody calls <paramref name="Endpoint"/> before <paramref name="Until"/>, because <paramref name="By"/> said so.</summary>
public sealed record BudgetBlock(string Endpoint, DateTimeOffset Until, string By)
{
    /// <summary>The endpoint name that means the whole API.</summary>
    public const string Everything = "*";
}
