namespace Ingestor.Filtering;

/// <summary>Which events are forwarded: those at least one rule wants; all of them where there is no rule.</summary>
internal sealed class FilteringOptions
{
    public const string Section = "Ingestor";

    public IReadOnlyList<RuleOptions> Rules { get; init; } = [];
}

internal sealed class RuleOptions
{
    /// <summary>What the metrics call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>An EventBridge event pattern as JSON text.</summary>
    public string Pattern { get; init; } = "";
}
