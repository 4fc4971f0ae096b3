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
        var poison = deadLetters.Where(letter => truth.Poison.ContainsKey(letter.Body)).ToList();
        var letters = Letters.Of(truth, poison, asked.Disturbed);
        var effects = asked.WriteBack
            ? await Effects.OfAsync(truth, store, api.Written, asked.Disturbed, cancellationToken)
            : Effects.None;

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
            Lost = missing.Count + truth.Poison.Count - letters.Found,
            Doubled = doubled + letters.Doubled + effects.Doubled,
            DeadLettered = letters.Found,
            LettersRepeated = letters.Repeated,
            Effects = effects,
            Misplaced =
                poison.Count(letter => string.IsNullOrEmpty(letter.Reason))
                + deadLetters.Count(letter => truth.IsEvent(letter.Body)),
            Latencies = latencies,
            LastRecordedAt = lastRecordedAt,
        };
    }
}

/// <summary>What the proof was asked for.</summary>
/// <param name="Disturbed">Whether answers got lost and processes stood still.</param>
/// <param name="WriteBack">Whether each end of a customer is written back.</param>
internal sealed record Asked(int Events, bool Enrichment, bool Disturbed, bool WriteBack);
