using GenesysApi.Budget;

namespace GenesysApi.Calls;

/// <summary>One call to make: how, where to, and what a lost answer to it would mean.</summary>
internal sealed record ApiCall(HttpMethod Method, string Path, string Endpoint, BudgetClass Class)
{
    public HttpContent? Content { get; init; }

    /// <summary>It changes something: it is never sent again by itself, and a lost answer is ambiguous.</summary>
    public bool HasEffect { get; init; }

    /// <summary>From then on it is not handed to the connection any more.</summary>
    public DateTimeOffset NotAfter { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Until then "not found" means "not yet".</summary>
    public DateTimeOffset NotYetUntil { get; init; } = DateTimeOffset.MinValue;
}
