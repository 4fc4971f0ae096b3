namespace Ingestor.Sending;

/// <summary>One event on its way to the queue. The first outcome it is given stands.</summary>
internal sealed class PendingEvent(Submission submission, string body, int bytes, string? traceParent)
{
    private EventOutcome? _outcome;

    public Submission Submission => submission;

    /// <summary>The envelope, to the byte.</summary>
    public string Body => body;

    /// <summary>What SQS counts: the body in UTF-8 and the attribute.</summary>
    public int Bytes => bytes;

    public string? TraceParent => traceParent;

    public EventOutcome? Outcome => Volatile.Read(ref _outcome);

    public void Settle(EventOutcome outcome)
    {
        if (Interlocked.CompareExchange(ref _outcome, outcome, null) is null)
        {
            submission.OneIsSettled();
        }
    }
}
