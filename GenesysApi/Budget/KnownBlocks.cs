using System.Collections.Immutable;

namespace GenesysApi.Budget;

/// <summary>The blocks this process heeds: those it raised itself, and those others raised, read on our clock.</summary>
internal sealed class KnownBlocks
{
    private static readonly TimeSpan NewsMin = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, BudgetBlock> _heeded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BudgetBlock> _raised = new(StringComparer.Ordinal);

    public DateTimeOffset? EverythingUntil => _heeded.GetValueOrDefault(BudgetBlock.Everything)?.Until;

    /// <summary>Only what we raised is written: what we learned is in the record already, in its own words.</summary>
    public ImmutableArray<BudgetBlock> Raised => [.. _raised.Values];

    public BudgetBlock? On(string endpoint, DateTimeOffset now) =>
        Active(BudgetBlock.Everything, now) is { } everything
        && (Active(endpoint, now) is not { } own || own.Until <= everything.Until)
            ? everything
            : Active(endpoint, now);

    /// <returns>False if about that long a block is heeded already: fifty answers of one moment are one piece of news.</returns>
    public bool Raise(BudgetBlock block)
    {
        if (_heeded.TryGetValue(block.Endpoint, out var known) && known.Until >= block.Until - NewsMin)
        {
            return false;
        }

        _heeded[block.Endpoint] = block;
        _raised[block.Endpoint] = block;
        return true;
    }

    /// <summary>The end of another's block is a time of another's clock, so it is heeded a little longer.</summary>
    public void Learn(IEnumerable<BudgetBlock> blocks, TimeSpan skewMax, DateTimeOffset now)
    {
        foreach (var block in blocks)
        {
            var known = _heeded.GetValueOrDefault(block.Endpoint);
            if (block.Until + skewMax > now && (known is null || known.Until < block.Until))
            {
                _heeded[block.Endpoint] = block with { Until = block.Until + skewMax };
            }
        }
    }

    private BudgetBlock? Active(string endpoint, DateTimeOffset now) =>
        _heeded.TryGetValue(endpoint, out var block) && block.Until > now ? block : null;
}
