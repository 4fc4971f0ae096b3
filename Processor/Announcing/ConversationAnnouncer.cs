using Events;
using Processor.Processing;
using Processor.Receiving;
using Processor.Recording;

namespace Processor.Announcing;

/// <summary>
/// Tells enrichment which conversations reached a boundary. It comes after the record and before the delete: whoever acts on the
/// announcement finds the event in the table, and an announcement that could not be sent keeps its message in the queue.
/// </summary>
/// <remarks>
/// A receive brings one or two new conversations; ten of them fit into one request. So what several batches have to announce is
/// gathered: the first to come waits for the linger, or until there are ten, and sends for all.
/// </remarks>
internal sealed class ConversationAnnouncer(
    IEnrichmentRequests requests,
    AnnouncingOptions options,
    AnnouncingMetrics metrics,
    TimeProvider time,
    Random random
)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Announcement> _announced = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Events whose announcement reached the queue: one that comes back, for its effect perhaps, has nothing to add to it.</summary>
    private readonly RecentKeys _sent = new(options.RememberedMax);
    private Announcement? _gathering;
    private int _failures;

    /// <summary>
    /// Not what was announced before: a message that returns, because its effect waits for the API's budget, would ask for a call of
    /// that same API each time.
    /// </summary>
    public bool Announces(GenesysEvent genesysEvent) =>
        options.Enabled
        && genesysEvent is { Topic.IsBoundary: true, ConversationId: not null }
        && !_sent.Contains(genesysEvent.EventKey);

    /// <summary>Sets the outcome of each delivery whose announcement did not reach the queue.</summary>
    /// <param name="batch">Deliveries whose event is recorded.</param>
    /// <param name="aborting">The grace period is over.</param>
    public async Task AnnounceAsync(IReadOnlyList<Delivery> batch, CancellationToken aborting)
    {
        var sending = new List<Task>();
        var announcements = new List<(Delivery Delivery, Announcement Announcement)>(batch.Count);
        foreach (var delivery in batch)
        {
            if (delivery.Event is { } genesysEvent && Announces(genesysEvent))
            {
                var (announcement, isFirst) = Join(genesysEvent.ConversationId!);
                announcements.Add((delivery, announcement));
                if (isFirst)
                {
                    sending.Add(SendAsync(announcement, aborting));
                }
            }
        }

        await Task.WhenAll(sending);
        foreach (var (delivery, announcement) in announcements)
        {
            if (await announcement.IsSentAsync(delivery.Event!.ConversationId!))
            {
                _sent.Add(delivery.Event.EventKey);
            }
            else
            {
                delivery.Outcome = new Outcome.Deferred(announcement.RetryAt, Reasons.QueueUnavailable);
            }
        }
    }

    /// <summary>The announcement that covers this conversation: one that enrichment cannot have acted on yet, or else a new one.</summary>
    private (Announcement Announcement, bool IsFirst) Join(string conversationId)
    {
        lock (_gate)
        {
            if (_announced.TryGetValue(conversationId, out var known) && known.Covers(time.GetUtcNow()))
            {
                return (known, false);
            }

            var isFirst = _gathering is null;
            var joined = _gathering ??= new Announcement();
            joined.Add(conversationId);
            if (joined.IsFull)
            {
                _gathering = null;
            }

            Remember_NeedsLock(conversationId, joined);
            return (joined, isFirst);
        }
    }

    private async Task SendAsync(Announcement announcement, CancellationToken aborting)
    {
        var sent = Array.Empty<bool>();
        try
        {
            await announcement.FilledAsync(options.Linger, time);
            lock (_gate)
            {
                _gathering = _gathering == announcement ? null : _gathering;
                announcement.Leaves(time.GetUtcNow() + options.Delay);
            }

            sent = await requests.SendAsync(announcement.ConversationIds, options.Delay, aborting);
        }
        finally
        {
            Conclude(announcement, sent);
        }
    }

    private void Conclude(Announcement announcement, bool[] sent)
    {
        lock (_gate)
        {
            var allSent = sent.Length == announcement.ConversationIds.Count && Array.TrueForAll(sent, isSent => isSent);
            _failures = allSent ? 0 : _failures + 1;
            announcement.RetryAt = allSent ? default : time.GetUtcNow() + Pause_NeedsLock();

            for (var index = 0; index < announcement.ConversationIds.Count; index++)
            {
                var isSent = index < sent.Length && sent[index];
                metrics.Announced(isSent);
                if (!isSent)
                {
                    _announced.Remove(announcement.ConversationIds[index]);
                }
            }
        }

        announcement.Conclude(sent);
    }

    private TimeSpan Pause_NeedsLock() =>
        Backoff.After(_failures, options.Backoff, options.BackoffMax, random.NextDouble());

    private void Remember_NeedsLock(string conversationId, Announcement announcement)
    {
        _announced[conversationId] = announcement;
        _order.Enqueue(conversationId);
        while (_order.Count > options.RememberedMax)
        {
            _announced.Remove(_order.Dequeue());
        }
    }
}
