namespace Processor.Recording;

/// <summary>A seam: DynamoDB in production, a dictionary with faults in the simulator; both pass the same contract tests.</summary>
internal interface IEventTable
{
    /// <summary>The most items of one call (BatchWriteItem's limit).</summary>
    const int ItemsMax = 25;

    /// <summary>
    /// Puts up to 25 items with distinct keys. Putting an item that is there changes nothing, so a call whose answer was lost is
    /// simply made again.
    /// </summary>
    Task<WriteAnswer> WriteAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken);
}

internal abstract record WriteAnswer
{
    private WriteAnswer() { }

    /// <summary>All are in the table but those at <paramref name="Unprocessed"/> (positions), which the table had no capacity for.</summary>
    internal sealed record Written(IReadOnlyList<int> Unprocessed) : WriteAnswer
    {
        public static readonly Written All = new([]);
    }

    /// <summary>None is in the table: it throttles or is away.</summary>
    internal sealed record Unavailable(string Reason) : WriteAnswer;

    /// <summary>The table calls the request wrong. With one item in it, the item is at fault.</summary>
    internal sealed record Refused(string Reason) : WriteAnswer;
}
