using System.Text;
using Ingestor.Filtering;
using Microsoft.Extensions.Options;

namespace Ingestor.Sending;

/// <summary>
/// The way of an event after it was read: rules, limits of the queue, the buffer, and then the wait until SQS has it. Nothing is
/// acknowledged before that.
/// </summary>
internal sealed class EventForwarder(
    Rules rules,
    PendingEvents pending,
    Crowd crowd,
    IEventQueue queue,
    IOptions<SendingOptions> options,
    IngestMetrics metrics,
    TimeProvider time
)
{
    /// <summary>One envelope, to the byte.</summary>
    public void Offer(Submission submission, ReadOnlySpan<byte> envelope)
    {
        if (!rules.Want(envelope))
        {
            submission.AddSettled(EventOutcome.Filtered.Instance);
        }
        else if (envelope.Length > QueueLimits.MessageBytesMax)
        {
            submission.AddSettled(TooLarge(envelope.Length));
        }
        else if (QueueLimits.HasIllegalCharacter(envelope))
        {
            submission.AddSettled(IllegalCharacter);
        }
        else
        {
            submission.Add(Encoding.UTF8.GetString(envelope), envelope.Length);
        }
    }

    /// <summary>Hands the submission to the senders and ends when each of its events has its outcome.</summary>
    public async Task DeliverAsync(Submission submission, CancellationToken callerGone)
    {
        crowd.Enter();
        try
        {
            if (!queue.IsOpen)
            {
                submission.SettleRest(EventOutcome.Unavailable.Instance);
            }
            else if (!pending.TryAdmit(submission))
            {
                submission.SettleRest(EventOutcome.Throttled.Instance);
            }

            submission.Seal();
            await SettledAsync(submission, callerGone);
        }
        finally
        {
            crowd.Leave();
        }

        metrics.Settled(submission);
    }

    private async Task SettledAsync(Submission submission, CancellationToken callerGone)
    {
        if (submission.Settled.IsCompleted)
        {
            return;
        }

        // What is not confirmed by then may be in SQS all the same: the sender repeats it, and a repetition does no harm.
        using var due = time.CreateTimer(GiveUp, submission, options.Value.AnswerWithin, Timeout.InfiniteTimeSpan);
        using var gone = callerGone.UnsafeRegister(GiveUp, submission);
        await submission.Settled;
    }

    private static void GiveUp(object? submission) =>
        ((Submission)submission!).SettleRest(EventOutcome.Unavailable.Instance);

    private static EventOutcome.Refused TooLarge(int bytes) =>
        new(RefusalReason.TooLarge, $"The event has {bytes} bytes; SQS carries {QueueLimits.MessageBytesMax}.");

    private static readonly EventOutcome.Refused IllegalCharacter = new(
        RefusalReason.IllegalCharacter,
        "The event contains U+FFFE or U+FFFF, which SQS does not carry; write it as an escape."
    );
}
