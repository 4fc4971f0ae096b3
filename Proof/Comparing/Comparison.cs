using Proof.Emitting;

namespace Proof.Comparing;

/// <summary>Holds what is stored against what was emitted, item by item.</summary>
internal static class Comparison
{
    public static async Task<Findings> OfAsync(
        Truth truth,
        Store store,
        ApiTruth api,
        Asked asked,
        bool settled,
        CancellationToken cancellationToken
    )
    {
        var missing = new HashSet<(string, string)>(truth.Events.Keys);
        var latencies = new List<TimeSpan>(truth.Events.Count);
        var doubled = 0;
        DateTimeOffset? lastRecordedAt = null;

        await foreach (var stored in store.EventsAsync(cancellationToken))
        {
            if (truth.Events.TryGetValue((stored.Subject, stored.Sort), out var publishedAt))
            {
                missing.Remove((stored.Subject, stored.Sort));
                latencies.Add(stored.RecordedAt - publishedAt);
                lastRecordedAt =
                    stored.RecordedAt > lastRecordedAt ? stored.RecordedAt : lastRecordedAt ?? stored.RecordedAt;
            }
            else if (truth.EventKeys.Contains(stored.Sort[(stored.Sort.IndexOf('#', StringComparison.Ordinal) + 1)..]))
            {
                // The same event under another key. What is not of this run is not counted.
                doubled++;
            }
        }

        latencies.Sort();
        var deadLetters = await store.DeadLettersAsync(cancellationToken);
        var poison = deadLetters.Where(letter => truth.Poison.Contains(letter.Body)).ToList();
        var found = poison.Select(letter => letter.Body).Distinct(StringComparer.Ordinal).Count();
        var failures = asked.Disturbed
            ? found
            : poison.Select(letter => letter.MessageId).Distinct(StringComparer.Ordinal).Count();

        var enriched = asked.Enrichment
            ? truth.Conversations.Intersect(await store.SummariesAsync(cancellationToken)).Count()
            : 0;

        return new Findings
        {
            NotEmitted = asked.Events - truth.Distinct,
            Settled = settled,
            Enriched = enriched,
            NotEnriched = asked.Enrichment ? truth.Conversations.Count - enriched : 0,
            Api = api,
            Recorded = truth.Events.Count - missing.Count,
            Lost = missing.Count + truth.Poison.Count - found,
            Doubled = doubled + failures - found,
            DeadLettered = found,
            LettersRepeated = poison.Count - failures,
            Misplaced =
                poison.Count(letter => string.IsNullOrEmpty(letter.Reason))
                + deadLetters.Count(letter => truth.IsEvent(letter.Body)),
            Latencies = latencies,
            LastRecordedAt = lastRecordedAt,
        };
    }
}

/// <summary>What the proof was asked for.</summary>
/// <param name="Disturbed">Whether a poison body may have come as more than one message.</param>
internal sealed record Asked(int Events, bool Enrichment, bool Disturbed);
