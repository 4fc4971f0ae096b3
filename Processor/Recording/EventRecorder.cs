using Processor.Processing;

namespace Processor.Recording;

/// <summary>
/// Writes the events of a batch, each once by construction: the key is made of the event, so a second write changes nothing. What
/// is not written is deferred and stays in the queue.
/// </summary>
internal sealed partial class EventRecorder(
    IEventTable table,
    TableBackoff backoff,
    DuplicateCounts duplicates,
    RecordingOptions options,
    RecordingMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger<EventRecorder> logger
)
{
    private readonly SharedWrites _writes = new(table, options, time);
    private readonly RecentKeys _recorded = new(options.RememberedMax);
    private readonly RecentKeys _naturalKeys = new(options.RememberedMax);

    /// <summary>Sets the outcome of each delivery that was not recorded; the others have none afterwards.</summary>
    /// <param name="batch">Deliveries with an event.</param>
    /// <param name="aborting">The grace period is over.</param>
    public async Task RecordAsync(IReadOnlyList<Delivery> batch, CancellationToken aborting)
    {
        var pending = new List<Pending>(batch.Count);
        foreach (var delivery in batch)
        {
            Gather(delivery, pending);
        }

        for (var start = 0; start < pending.Count; start += IEventTable.ItemsMax)
        {
            var chunk = pending.GetRange(start, Math.Min(IEventTable.ItemsMax, pending.Count - start));
            await WriteAsync(chunk, aborting);
        }
    }

    private void Gather(Delivery delivery, List<Pending> pending)
    {
        var genesysEvent = delivery.Event!;
        if (_recorded.Contains(genesysEvent.SortKey))
        {
            CountDuplicate(delivery);
            return;
        }

        var twin = pending.Find(known =>
            known.Head.Sort == genesysEvent.SortKey && known.Head.Subject == genesysEvent.Subject
        );
        if (twin is not null)
        {
            CountDuplicate(delivery);
            twin.Deliveries.Add(delivery);
            return;
        }

        pending.Add(
            new Pending(
                EventItems.Of(genesysEvent, delivery.Message.FirstSentAt, time.GetUtcNow(), options.Retention),
                delivery
            )
        );
    }

    /// <summary>A message that returns is a second delivery, and no second copy: the event's count is of copies.</summary>
    private void CountDuplicate(Delivery delivery)
    {
        metrics.Duplicate();
        if (delivery.Message.IsNew)
        {
            duplicates.Add(delivery.Event!.EventKey);
        }
    }

    private async Task WriteAsync(List<Pending> chunk, CancellationToken aborting)
    {
        // Parts first: whoever finds the head finds the whole.
        for (var index = chunk.Count - 1; index >= 0; index--)
        {
            if (!await PartsAreWrittenAsync(chunk[index], aborting))
            {
                chunk.RemoveAt(index);
            }
        }

        for (var attempt = 1; chunk.Count > 0; attempt++)
        {
            using var span = ProcessingTracing.StartWrite(chunk.SelectMany(pending => pending.Deliveries));
            var items = chunk.ConvertAll(pending => pending.Head);

            // An item that is asked for by itself may be one that the table refuses: it takes nobody along.
            var write = items.Count == 1 ? table.WriteAsync(items, aborting) : _writes.WriteAsync(items, aborting);
            switch (await write)
            {
                case WriteAnswer.Written { Unprocessed: var unprocessed }:
                    chunk = Take(chunk, unprocessed);
                    if (chunk.Count == 0)
                    {
                        backoff.Written();
                        return;
                    }

                    if (attempt >= options.AttemptsMax)
                    {
                        Defer(chunk, Reasons.TableThrottled);
                        return;
                    }

                    metrics.Unprocessed(chunk.Count);
                    await Task.Delay(
                        Receiving.Backoff.After(attempt, options.Backoff, options.BackoffMax, random.NextDouble()),
                        time,
                        aborting
                    );
                    break;

                case WriteAnswer.Unavailable unavailable:
                    Log.TableIsAway(logger, unavailable.Reason, chunk.Count);
                    Defer(chunk, Reasons.TableUnavailable);
                    return;

                case WriteAnswer.Refused refused when chunk.Count == 1:
                    Log.ItemRefused(logger, refused.Reason);
                    chunk[0].Settle(new Outcome.Rejected(Reasons.TableRefused));
                    return;

                case WriteAnswer.Refused:
                    // One bad item must not sink the other twenty-four: each alone tells which it is.
                    foreach (var pending in chunk)
                    {
                        await WriteAsync([pending], aborting);
                    }

                    return;
            }
        }
    }

    private async Task<bool> PartsAreWrittenAsync(Pending pending, CancellationToken aborting)
    {
        foreach (var part in pending.Parts)
        {
            // A part is as large as fourteen batches of ordinary events; each goes alone.
            switch (await table.WriteAsync([part], aborting))
            {
                case WriteAnswer.Written { Unprocessed.Count: 0 }:
                    break;

                case WriteAnswer.Refused refused:
                    Log.ItemRefused(logger, refused.Reason);
                    pending.Settle(new Outcome.Rejected(Reasons.TableRefused));
                    return false;

                case WriteAnswer.Unavailable unavailable:
                    Log.TableIsAway(logger, unavailable.Reason, 1);
                    Defer([pending], Reasons.TableUnavailable);
                    return false;

                default:
                    Defer([pending], Reasons.TableThrottled);
                    return false;
            }
        }

        return true;
    }

    /// <summary>Remembers what is written and returns what is not.</summary>
    private List<Pending> Take(List<Pending> chunk, IReadOnlyList<int> unprocessed)
    {
        var left = new List<Pending>(unprocessed.Count);
        for (var index = 0; index < chunk.Count; index++)
        {
            if (unprocessed.Contains(index))
            {
                left.Add(chunk[index]);
                continue;
            }

            var genesysEvent = chunk[index].Deliveries[0].Event!;
            if (!_recorded.Add(genesysEvent.SortKey))
            {
                // Another batch wrote the same event meanwhile.
                CountDuplicate(chunk[index].Deliveries[0]);
                continue;
            }

            metrics.Recorded(genesysEvent, time.GetUtcNow());
            if (!_naturalKeys.Add(genesysEvent.NaturalKey))
            {
                metrics.Variant();
            }
        }

        return left;
    }

    private void Defer(List<Pending> chunk, string reason)
    {
        var until = backoff.Refused();
        foreach (var pending in chunk)
        {
            pending.Settle(new Outcome.Deferred(until, reason));
        }
    }

    /// <summary>One event of the batch, with every delivery that brought it.</summary>
    private sealed class Pending(IReadOnlyList<EventItem> items, Delivery first)
    {
        public EventItem Head => items[^1];

        public IEnumerable<EventItem> Parts => items.Take(items.Count - 1);

        public List<Delivery> Deliveries { get; } = [first];

        public void Settle(Outcome outcome) => Deliveries.ForEach(delivery => delivery.Outcome = outcome);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 220,
            Level = LogLevel.Warning,
            Message = "The event table does not answer ({Reason}); {Count} events stay in the queue."
        )]
        public static partial void TableIsAway(ILogger logger, string reason, int count);

        [LoggerMessage(
            EventId = 221,
            Level = LogLevel.Error,
            Message = "The event table refuses an item ({Reason}); its message goes to the dead letters."
        )]
        public static partial void ItemRefused(ILogger logger, string reason);
    }
}
