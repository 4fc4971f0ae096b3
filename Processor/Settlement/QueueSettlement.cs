using System.Diagnostics;
using Events.DeadLetters;
using Events.Redelivery;
using Processor.Processing;
using Processor.Receiving;

namespace Processor.Settlement;

/// <summary>Settles on the queue: one act for each outcome, and nothing is deleted that is not safe elsewhere.</summary>
internal sealed partial class QueueSettlement(
    IEventQueue queue,
    IDeadLetterQueue deadLetters,
    IAttemptStore attempts,
    DeleteBuffer deletes,
    HideBuffer hides,
    SettlementOptions options,
    ReceivingOptions receiving,
    SettlementMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<QueueSettlement> logger
) : ISettlement
{
    /// <summary>
    /// What a copy takes along of a message's attributes. SQS allows ten, and a redriven dead letter brings as many: of its failure
    /// only that is kept which tells this life of the message from the one before.
    /// </summary>
    private static readonly string[] Kept =
    [
        DeadLetterAttributeNames.TraceParent,
        DeadLetterAttributeNames.Parent,
        DeadLetterAttributeNames.MessageId,
        DeadLetterAttributeNames.LastFailedAt,
    ];

    public async Task SettleAsync(Delivery delivery, Outcome outcome, CancellationToken aborting)
    {
        delivery.Outcome = outcome;
        metrics.Settled(delivery, outcome, time);

        try
        {
            await CarryOutAsync(delivery, outcome, aborting);
        }
        catch (OperationCanceledException) when (aborting.IsCancellationRequested)
        {
            // The grace period ended before it was decided: another replica decides.
            await hides.ReleaseAsync(delivery, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // A bug. The message comes back, and its slot is free again.
            Log.Unexpected(logger, exception, delivery.Message.MessageId);
            await HideAsync(delivery, RetryPause(delivery.Message.ReceiveCount));
        }
    }

    private Task CarryOutAsync(Delivery delivery, Outcome outcome, CancellationToken aborting) =>
        outcome switch
        {
            Outcome.Recorded => DeleteAsync(delivery),
            Outcome.Deferred deferred => DeferAsync(delivery, deferred, aborting),
            Outcome.Failed failed => RetryAsync(delivery, failed, aborting),
            Outcome.Rejected rejected => DeadLetterAsync(delivery, rejected.Reason, FailureClass.Permanent, aborting),
            Outcome.Poison poison => DeadLetterAsync(delivery, poison.Reason, FailureClass.Poison, aborting),
            _ => throw new UnreachableException($"{outcome}"),
        };

    /// <summary>The buffers hold as many as there are slots: handing over never waits, and no shutdown may prevent it.</summary>
    private Task DeleteAsync(Delivery delivery) => deletes.AddAsync(delivery, CancellationToken.None).AsTask();

    private Task HideAsync(Delivery delivery, TimeSpan hidden) =>
        hides.HideAsync(delivery, hidden, CancellationToken.None).AsTask();

    private async Task DeferAsync(Delivery delivery, Outcome.Deferred deferred, CancellationToken aborting)
    {
        switch (DeferralPlan.For(delivery, deferred.Until, time.GetUtcNow(), options, receiving))
        {
            case DeferralPlan.Hide hide:
                await HideAsync(delivery, hide.Hidden);
                break;

            case DeferralPlan.SendAgain sendAgain
                when await SendAgainAsync(delivery, deferred.Until, sendAgain.Delay, aborting):
                metrics.SentAgain();
                await DeleteAsync(delivery);
                break;

            default:
                // The queue takes no copy now. Each return costs a receive, so the pauses grow with the receives.
                await HideAsync(delivery, RetryPause(delivery.Message.ReceiveCount));
                break;
        }
    }

    /// <summary>The copy first, the original's delete after it: between the two there are two, never none.</summary>
    private Task<bool> SendAgainAsync(
        Delivery delivery,
        DateTimeOffset until,
        TimeSpan delay,
        CancellationToken aborting
    )
    {
        var before = DeferralAttributes.From(delivery.Message.Attributes);
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Kept)
        {
            if (delivery.Message.Attributes.TryGetValue(name, out var value))
            {
                attributes[name] = value;
            }
        }

        var after = new DeferralAttributes
        {
            NotBefore = until,
            FirstSentAt = delivery.Message.FirstSentAt,
            Deferrals = before.Deferrals + 1,
        };
        foreach (var (name, value) in after.ToAttributes())
        {
            attributes[name] = value;
        }

        return queue.SendAgainAsync(delivery.Message.Body, attributes, delay, aborting);
    }

    private async Task RetryAsync(Delivery delivery, Outcome.Failed failed, CancellationToken aborting)
    {
        if (
            await attempts.CountAsync(KeyOf(delivery), FailureClass.Transient, aborting)
            is not AttemptAnswer.Counted counted
        )
        {
            // Not counted, so not decided: it comes back, and nothing is given up while the count is unknown.
            await HideAsync(delivery, RetryPause(delivery.Message.ReceiveCount));
            return;
        }

        if (IsOver(delivery, counted))
        {
            await BuryAsync(delivery, failed.Reason, FailureClass.Transient, counted, aborting);
            return;
        }

        var pause = new Outcome.Deferred(time.GetUtcNow() + RetryPause(counted.Attempts), failed.Reason);
        await DeferAsync(delivery, pause, aborting);
    }

    /// <summary>
    /// Enough attempts, and over enough time: an outage of some minutes uses up any number of quick ones. What is no event has no key
    /// that a copy would share, so for it the number decides alone.
    /// </summary>
    private bool IsOver(Delivery delivery, AttemptAnswer.Counted counted) =>
        counted.Attempts >= options.TransientAttemptsMax
        && (delivery.Event is null || counted.LastFailedAt - counted.FirstFailedAt >= options.TransientFor);

    private async Task DeadLetterAsync(
        Delivery delivery,
        string reason,
        FailureClass failureClass,
        CancellationToken aborting
    )
    {
        var answer = await attempts.CountAsync(KeyOf(delivery), failureClass, aborting);
        var now = time.GetUtcNow();

        await BuryAsync(delivery, reason, failureClass, answer as AttemptAnswer.Counted ?? new(1, now, now), aborting);
    }

    private async Task BuryAsync(
        Delivery delivery,
        string reason,
        FailureClass failureClass,
        AttemptAnswer.Counted counted,
        CancellationToken aborting
    )
    {
        var message = delivery.Message;
        var attributes = new DeadLetterAttributes
        {
            Reason = reason,
            Class = failureClass,
            Attempts = counted.Attempts,
            FirstFailedAt = counted.FirstFailedAt,
            LastFailedAt = counted.LastFailedAt,
            EventKey = delivery.Event?.EventKey,
            TraceParent = delivery.Activity?.Id ?? message.TraceParent,
            SentAt = message.FirstSentAt,
            MessageId = message.MessageId,
            Parent = message.Attributes.GetValueOrDefault(DeadLetterAttributeNames.Parent),
        };

        var place = message.MessageGroupId is { } groupId ? new FifoPlace(groupId, message.MessageId) : null;
        if (!await deadLetters.SendAsync(message.Body, attributes.ToAttributes(), place, aborting))
        {
            // It has no grave yet, so it stays where it is. Each return costs a receive, so the pauses grow with the receives.
            await HideAsync(delivery, RetryPause(delivery.Message.ReceiveCount));
            return;
        }

        metrics.DeadLettered(failureClass);
        Log.DeadLettered(logger, message.MessageId, attributes.ReasonCode, failureClass.Code, counted.Attempts);
        await DeleteAsync(delivery);
    }

    private TimeSpan RetryPause(int attempt) =>
        Backoff.After(attempt, options.RetryBackoff, options.RetryBackoffMax, random.NextDouble());

    /// <summary>A message that is no event has only its own id.</summary>
    private static string KeyOf(Delivery delivery)
    {
        if (delivery.Event is not { } genesysEvent)
        {
            return $"message:{delivery.Message.MessageId}";
        }

        var letter = DeadLetterAttributes.From(delivery.Message.Attributes);
        return DeadLetterAttributes.AttemptsKeyOf(genesysEvent.EventKey, letter.MessageId, letter.LastFailedAt);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 265,
            Level = LogLevel.Error,
            Message = "Settling message {MessageId} failed unexpectedly; it comes again."
        )]
        public static partial void Unexpected(ILogger logger, Exception exception, string messageId);

        [LoggerMessage(
            EventId = 262,
            Level = LogLevel.Warning,
            Message = "Message {MessageId} goes to the dead letters: {Reason} ({Class}, attempt {Attempts})."
        )]
        public static partial void DeadLettered(
            ILogger logger,
            string messageId,
            string reason,
            string @class,
            int attempts
        );
    }
}
