using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Operations.DeadLetters;
using Operations.Previewing;
using Operations.Tables;
using ServiceDefaults;

namespace Operations.Redriving;

using Item = Dictionary<string, AttributeValue>;

/// <summary>Asks the tables what became of events that were sent again: are they recorded, are their effects done, do they fail.</summary>
internal sealed class EventFates(
    ItemsByKey items,
    IOptions<PipelineOptions> pipeline,
    PreviewingOptions previewing,
    TimeProvider time
)
{
    private static readonly string[] Row = ["subject", "event", "recorded"];
    private static readonly string[] Claim = ["claim", "state", "bodyHash", "leaseUntil"];
    private static readonly string[] Count = ["eventKey", "transientAttempts", "lastFailedAt"];

    /// <returns>By letter; nothing when a throttled table leaves out what could speak against it.</returns>
    public async Task<IReadOnlyDictionary<string, Fate>> ReadAsync(
        IEnumerable<Letter> letters,
        CancellationToken cancellationToken
    )
    {
        var sent = letters
            .Where(letter => letter is { Queue: LetterQueue.Events, Subject: not null, SortKey: not null })
            .ToList();
        var rows = await ReadAsync(
            pipeline.Value.EventsTable,
            sent.Select(letter => (letter.Subject!, letter.SortKey!))
                .Distinct()
                .Select(key => new Item { ["subject"] = new(key.Item1), ["event"] = new(key.Item2) }),
            Row,
            cancellationToken
        );
        var claims = await ReadAsync(
            pipeline.Value.ClaimsTable,
            sent.SelectMany(ClaimKeysOf).Select(claim => claim.Key).Distinct().Select(key => KeyOf("claim", key)),
            Claim,
            cancellationToken
        );
        var counts = await ReadAsync(
            pipeline.Value.AttemptsTable,
            sent.Select(AttemptsKeyOf).Distinct().Select(key => KeyOf("eventKey", key)),
            Count,
            cancellationToken
        );
        if (claims.Missing > 0 || counts.Missing > 0)
        {
            return new Dictionary<string, Fate>();
        }

        var recorded = rows.Items.ToDictionary(
            row => (row["subject"].S, row["event"].S),
            row => ItemNumbers.InstantIn(row, "recorded")
        );
        var claimed = claims.Items.ToDictionary(item => item["claim"].S, StringComparer.Ordinal);
        var failures = counts.Items.ToDictionary(
            item => item["eventKey"].S,
            item => new Failures(
                (int)ItemNumbers.In(item, "transientAttempts"),
                ItemNumbers.InstantIn(item, "lastFailedAt")
            ),
            StringComparer.Ordinal
        );
        var now = time.GetUtcNow();
        return sent.ToDictionary(
            letter => letter.Id,
            letter =>
                Fates.Of(
                    letter,
                    recorded.TryGetValue((letter.Subject!, letter.SortKey!), out var at) ? at : null,
                    [
                        .. ClaimKeysOf(letter)
                            .Where(claim => claimed.ContainsKey(claim.Key))
                            .Select(claim => HeldClaim.From(claim.Handler, claimed[claim.Key])),
                    ],
                    failures.GetValueOrDefault(AttemptsKeyOf(letter)),
                    previewing.HasEffect(letter),
                    now
                ),
            StringComparer.Ordinal
        );
    }

    private Task<ItemsRead> ReadAsync(
        string table,
        IEnumerable<Item> keys,
        string[] attributes,
        CancellationToken cancellationToken
    ) => items.ReadAsync(table, [.. keys], attributes, cancellationToken);

    private IEnumerable<(string Handler, string Key)> ClaimKeysOf(Letter letter)
    {
        var naturalKey = EventKeys.Of(letter.SortKey!).NaturalKey;
        return previewing.Handlers.Distinct().Select(handler => (handler, HeldClaim.KeyOf(handler, naturalKey)));
    }

    private static string AttemptsKeyOf(Letter letter) => letter.AttemptsKeyOf(EventKeys.Of(letter.SortKey!).EventKey);

    private static Item KeyOf(string name, string key) => new() { [name] = new AttributeValue(key) };
}
