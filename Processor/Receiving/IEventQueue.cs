namespace Processor.Receiving;

/// <summary>
/// A seam: SQS in production, a queue with faults in the simulator; both pass the same contract tests. The world's failures are
/// answers; only a bug throws, and <see cref="OperationCanceledException"/> when the token given says so.
/// </summary>
internal interface IEventQueue
{
    /// <summary>Waits for up to <paramref name="max"/> messages (1 to 10). An empty answer says nothing about the queue's length.</summary>
    Task<ReceiveAnswer> ReceiveAsync(int max, CancellationToken cancellationToken);

    /// <summary>Deletes up to 10 messages.</summary>
    Task<DeleteAnswer[]> DeleteAsync(IReadOnlyList<ReceivedMessage> messages, CancellationToken cancellationToken);

    /// <summary>Sets for how long up to 10 messages stay hidden, from now; 0 to 12 h.</summary>
    Task<VisibilityAnswer[]> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes,
        CancellationToken cancellationToken
    );

    /// <summary>Sends a copy to the same queue, hidden for <paramref name="delay"/> (0 to 15 min); true when SQS has it.</summary>
    Task<bool> SendAgainAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        TimeSpan delay,
        CancellationToken cancellationToken
    );
}

internal abstract record ReceiveAnswer
{
    private ReceiveAnswer() { }

    internal sealed record Messages(IReadOnlyList<ReceivedMessage> Received) : ReceiveAnswer;

    /// <summary>The queue is away, throttles, or refuses us.</summary>
    internal sealed record Unavailable(string Reason) : ReceiveAnswer;
}

internal enum DeleteAnswer
{
    Deleted,

    /// <summary>The queue did not do it now, or nobody knows; asking again may help.</summary>
    Unavailable,

    /// <summary>The queue will not take this handle, however often it is asked.</summary>
    Refused,
}

internal readonly record struct VisibilityChange(ReceivedMessage Message, TimeSpan Hidden);

internal enum VisibilityAnswer
{
    Changed,

    /// <summary>The queue did not take it now; asking again may help.</summary>
    Unavailable,

    /// <summary>The receipt handle is no longer good: the message is visible to others, or gone.</summary>
    Lost,
}
