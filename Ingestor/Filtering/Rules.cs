using System.Diagnostics;
using Events.Patterns;
using Microsoft.Extensions.Options;

namespace Ingestor.Filtering;

/// <summary>The rules, compiled once.</summary>
internal sealed class Rules(IOptions<FilteringOptions> options, IngestMetrics metrics)
{
    private readonly Rule[] _rules = [.. options.Value.Rules.Select(Compile)];

    /// <summary>
    /// Whether any rule wants the event, or there is no rule. Every rule is asked, also after one said yes: each has its own count.
    /// </summary>
    public bool Want(ReadOnlySpan<byte> envelope)
    {
        var wanted = _rules.Length == 0;
        foreach (var rule in _rules)
        {
            var matched = rule.Pattern.Matches(envelope) == PatternMatch.Matched;
            metrics.RuleApplied(rule.Name, matched);
            wanted |= matched;
        }

        return wanted;
    }

    private static Rule Compile(RuleOptions rule) =>
        EventPattern.Parse(rule.Pattern) switch
        {
            ParsedPattern.Valid valid => new Rule(rule.Name, valid.Pattern),
            var invalid => throw new UnreachableException($"Rule '{rule.Name}' passed validation: {invalid}"),
        };

    private sealed record Rule(string Name, EventPattern Pattern);
}
