namespace Operations.Overview;

/// <summary>What all processes counted, at one moment; two of them make rates.</summary>
internal sealed record Counted(
    DateTimeOffset At,
    IReadOnlyDictionary<string, IReadOnlyList<Reading>> ByInstance,
    IReadOnlyDictionary<string, string> Services
)
{
    /// <summary>Of the processes that are in both, so that one that came or went makes no jump.</summary>
    public double? PerSecond(Counted? before, string name, Func<Reading, bool>? which = null)
    {
        if (before is null || At <= before.At || ByInstance.Count == 0)
        {
            return null;
        }

        var grown = ByInstance
            .Where(instance => before.ByInstance.ContainsKey(instance.Key))
            .Sum(instance =>
                Math.Max(0, Sum(instance.Value, name, which) - Sum(before.ByInstance[instance.Key], name, which))
            );
        return grown / (At - before.At).TotalSeconds;
    }

    public double? Total(string name, Func<Reading, bool>? which = null) =>
        ByInstance.Count == 0 ? null : ByInstance.Values.Sum(readings => Sum(readings, name, which));

    public double? Max(string name) =>
        ByInstance
            .Values.SelectMany(readings => readings)
            .Where(reading => reading.Name == name)
            .Max(reading => (double?)reading.Value);

    /// <summary>The mean of what a histogram saw since before; of all time, if nothing since.</summary>
    public double? Mean(Counted? before, string histogram)
    {
        var (sum, count) = (Total($"{histogram}_sum") ?? 0, Total($"{histogram}_count") ?? 0);
        var (sumBefore, countBefore) = (
            before?.Total($"{histogram}_sum") ?? 0,
            before?.Total($"{histogram}_count") ?? 0
        );
        return count > countBefore ? (sum - sumBefore) / (count - countBefore) : null;
    }

    public int Alive(string service) =>
        Services.Values.Count(name => name.StartsWith(service, StringComparison.OrdinalIgnoreCase));

    private static double Sum(IEnumerable<Reading> readings, string name, Func<Reading, bool>? which) =>
        readings
            .Where(reading => reading.Name == name && (which is null || which(reading)))
            .Sum(reading => reading.Value);
}
