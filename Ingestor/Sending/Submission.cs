using System.Diagnostics;

namespace Ingestor.Sending;

/// <summary>The events of one request. The request is answered when each of them has its outcome.</summary>
internal sealed class Submission(int expected, ActivityContext context, string? traceParent)
{
    private readonly List<PendingEvent> _events = new(expected);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One more than there are open events, until the submission is sealed: it cannot be over while it is being filled.
    private int _open = 1;

    public IReadOnlyList<PendingEvent> Events => _events;

    /// <summary>The span that the messages in the queue continue.</summary>
    public ActivityContext Context => context;

    /// <summary>How many events are for the queue.</summary>
    public int ForTheQueue { get; private set; }

    /// <summary>Ends when the submission is sealed and every event has its outcome.</summary>
    public Task Settled => _settled.Task;

    public void Add(string body, int bodyBytes)
    {
        var withTrace = bodyBytes + QueueLimits.TraceParentBytes;
        var carriesTrace = traceParent is not null && withTrace <= QueueLimits.MessageBytesMax;
        _open++;
        ForTheQueue++;
        _events.Add(
            new PendingEvent(this, body, carriesTrace ? withTrace : bodyBytes, carriesTrace ? traceParent : null)
        );
    }

    /// <summary>An event that goes no further keeps its place in the answer.</summary>
    public void AddSettled(EventOutcome outcome)
    {
        var settled = new PendingEvent(this, string.Empty, 0, null);
        _open++;
        _events.Add(settled);
        settled.Settle(outcome);
    }

    /// <summary>Nothing is added any more.</summary>
    public void Seal() => OneIsSettled();

    /// <summary>The same outcome for every event that has none yet.</summary>
    public void SettleRest(EventOutcome outcome)
    {
        foreach (var pending in _events)
        {
            pending.Settle(outcome);
        }
    }

    public void OneIsSettled()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _settled.TrySetResult();
        }
    }
}
