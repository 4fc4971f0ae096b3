namespace Ingestor.Sending;

/// <summary>What goes to SQS in one call.</summary>
internal sealed class EventBatch
{
    private readonly List<PendingEvent> _events = new(QueueLimits.EntriesMax);
    private Submission? _last;
    private int _bytes;
    private bool _closed;

    public IReadOnlyList<PendingEvent> Events => _events;

    /// <summary>How many requests the events came in.</summary>
    public int Requests { get; private set; }

    public int Room => QueueLimits.EntriesMax - _events.Count;

    public bool IsFull => _closed || _events.Count == QueueLimits.EntriesMax;

    /// <summary>False when it does not fit; the batch is full then, for order's sake, even if a smaller event would fit.</summary>
    public bool TryAdd(PendingEvent pending)
    {
        if (IsFull || (_events.Count > 0 && _bytes + pending.Bytes > QueueLimits.MessageBytesMax))
        {
            _closed = true;
            return false;
        }

        _events.Add(pending);
        _bytes += pending.Bytes;
        if (!ReferenceEquals(pending.Submission, _last))
        {
            _last = pending.Submission;
            Requests++;
        }

        return true;
    }

    /// <summary>Those of this batch that still have no outcome and somebody who waits for it.</summary>
    public EventBatch Unsettled()
    {
        var rest = new EventBatch();
        foreach (var pending in _events.Where(pending => pending.Outcome is null))
        {
            rest.TryAdd(pending);
        }

        return rest;
    }
}
