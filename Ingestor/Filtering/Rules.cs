using System.Diagnostics;
using Events.Patterns;
using Microsoft.Extensions.Options;

namespace Ingestor.Filtering;

/// <summary>The rules, compiled once; all of them read an event in one pass.</summary>
internal sealed class Rules(IOptions<FilteringOptions> options, IngestMetrics metrics)
{
    private const int OnTheStackMax = 256;

    private readonly string[] _names = [.. options.Value.Rules.Select(rule => rule.Name)];
    private readonly PatternSet _patterns = new([.. options.Value.Rules.Select(Compile)]);

    /// <summary>
    /// Whether any rule wants the event, or there is no rule. An event the patterns cannot read is wanted too: what becomes of it is
    /// for the Processor to say, not for a filter.
    /// </summary>
    public bool Want(ReadOnlySpan<byte> envelope)
    {
        if (_names.Length == 0)
        {
            return true;
        }

        var matched = _names.Length <= OnTheStackMax ? stackalloc bool[_names.Length] : new bool[_names.Length];
        var readable = _patterns.TryMatch(envelope, matched);
        for (var rule = 0; rule < _names.Length; rule++)
        {
            metrics.RuleApplied(_names[rule], readable && matched[rule]);
        }

        return !readable || matched.Contains(true);
    }

    private static EventPattern Compile(RuleOptions rule) =>
        EventPattern.Parse(rule.Pattern) is ParsedPattern.Valid(var pattern)
            ? pattern
            : throw new UnreachableException($"Rule '{rule.Name}' passed validation.");
}
