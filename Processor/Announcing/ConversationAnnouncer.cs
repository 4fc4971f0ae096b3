using Processor.Processing;

namespace Processor.Announcing;

/// <summary>
/// Tells enrichment which conversations reached a boundary. It comes after the record and before the delete: whoever acts on the
/// announcement finds the event in the table, and an announcement that could not be sent keeps its message in the queue.
/// </summary>
internal sealed class ConversationAnnouncer(
    IEnrichmentRequests requests,
    AnnouncingOptions options,
    AnnouncingMetrics metrics,
    TimeProvider time
)
{
    private const int BatchMax = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _waitingUntil = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Sets the outcome of each delivery whose announcement did not reach the queue.</summary>
    /// <param name="batch">Deliveries whose event is recorded.</param>
    /// <param name="aborting">The grace period is over.</param>
    public async Task AnnounceAsync(IReadOnlyList<Delivery> batch, CancellationToken aborting)
    {
        if (!options.Enabled)
        {
            return;
        }

        var conversationIds = Due(batch);
        for (var start = 0; start < conversationIds.Count; start += BatchMax)
        {
            var chunk = conversationIds.GetRange(start, Math.Min(BatchMax, conversationIds.Count - start));
            var before = time.GetUtcNow();
            var sent = await requests.SendAsync(chunk, options.Delay, aborting);
            for (var index = 0; index < chunk.Count; index++)
            {
                Conclude(batch, chunk[index], sent[index], before);
            }
        }
    }

    private List<string> Due(IReadOnlyList<Delivery> batch)
    {
        var due = new List<string>();
        var now = time.GetUtcNow();
        lock (_gate)
        {
            foreach (var delivery in batch)
            {
                if (
                    delivery.Event is { Topic.IsBoundary: true, ConversationId: { } conversationId }
                    && !due.Contains(conversationId)
                    && !(_waitingUntil.TryGetValue(conversationId, out var until) && now < until)
                )
                {
                    due.Add(conversationId);
                }
            }
        }

        return due;
    }

    private void Conclude(IReadOnlyList<Delivery> batch, string conversationId, bool sent, DateTimeOffset before)
    {
        metrics.Announced(sent);
        if (sent)
        {
            Remember(conversationId, before + options.Delay);
            return;
        }

        foreach (var delivery in batch)
        {
            if (
                delivery.Event is { Topic.IsBoundary: true } genesysEvent
                && genesysEvent.ConversationId == conversationId
            )
            {
                delivery.Outcome = new Outcome.Deferred(time.GetUtcNow() + options.Delay, Reasons.QueueUnavailable);
            }
        }
    }

    private void Remember(string conversationId, DateTimeOffset until)
    {
        lock (_gate)
        {
            if (_waitingUntil.TryAdd(conversationId, until))
            {
                _order.Enqueue(conversationId);
            }
            else
            {
                _waitingUntil[conversationId] = until;
            }

            while (_order.Count > options.RememberedMax)
            {
                _waitingUntil.Remove(_order.Dequeue());
            }
        }
    }
}
