using Processor.Processing;
using Processor.Receiving;

namespace Processor.Settlement;

/// <summary>How a message waits. Pure: the arithmetic of hours stands here and nowhere else.</summary>
internal abstract record DeferralPlan
{
    /// <summary>What SQS allows for the delay of a message.</summary>
    public static readonly TimeSpan DelayMax = TimeSpan.FromMinutes(15);

    private DeferralPlan() { }

    /// <summary>It stays where it is, hidden for this long.</summary>
    internal sealed record Hide(TimeSpan Hidden) : DeferralPlan;

    /// <summary>A copy is sent with this delay, then the original is deleted. The copy knows when it may go on.</summary>
    internal sealed record SendAgain(TimeSpan Delay) : DeferralPlan;

    /// <param name="delivery">The message; visibility counts from its receive.</param>
    /// <param name="until">When it may go on; in the past means at once.</param>
    /// <param name="now">The time.</param>
    /// <param name="settlement">Limits of the queue.</param>
    /// <param name="receiving">The limit of visibility.</param>
    public static DeferralPlan For(
        Delivery delivery,
        DateTimeOffset until,
        DateTimeOffset now,
        SettlementOptions settlement,
        ReceivingOptions receiving
    )
    {
        var wait = until > now ? until - now : TimeSpan.Zero;
        var visibilityLeft = receiving.VisibilityMax - (now - delivery.ReceivedAt);
        if (delivery.Message.NotBefore >= until && visibilityLeft > TimeSpan.Zero && wait > visibilityLeft)
        {
            // It says itself until when: coming back too early costs it a receive every eleven hours and no work.
            wait = visibilityLeft;
        }

        var ageThen = now + wait - delivery.Message.SentAt;

        var fitsVisibility = wait <= visibilityLeft;
        var outlivesWait = ageThen < settlement.SourceRetention * 0.9;
        var hasReceivesLeft = delivery.Message.ReceiveCount < settlement.ReceivesMax;

        return fitsVisibility && outlivesWait && hasReceivesLeft
            ? new Hide(wait)
            : new SendAgain(wait < DelayMax ? wait : DelayMax);
    }
}
