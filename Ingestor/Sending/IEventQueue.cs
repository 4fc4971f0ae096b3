namespace Ingestor.Sending;

/// <summary>The queue as the senders see it.</summary>
internal interface IEventQueue
{
    /// <summary>False until the queue was found.</summary>
    bool IsOpen { get; }

    /// <summary>Finds the queue, and keeps trying until it is there.</summary>
    Task OpenAsync(CancellationToken draining);

    /// <summary>One attempt. A fault of the world is an answer, not an exception.</summary>
    Task<QueueAnswer> SendAsync(IReadOnlyList<PendingEvent> events, CancellationToken aborting);
}

/// <summary>What the queue said to one batch.</summary>
internal abstract record QueueAnswer
{
    private QueueAnswer() { }

    /// <summary>By position: the outcome of each event, or null where the queue asks to be tried again.</summary>
    internal sealed record Answered(EventOutcome?[] Outcomes) : QueueAnswer;

    /// <summary>No answer, or a no to the whole call that has nothing to do with the events.</summary>
    internal sealed record Unavailable(string Reason) : QueueAnswer;
}
