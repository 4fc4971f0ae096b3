using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Operations.DeadLetters;
using Operations.Tables;
using ServiceDefaults;

namespace Operations.Redriving;

/// <summary>
/// Finds out which letters that were sent are recovered: what they are for is in its table, and they have not come back for a while.
/// Those that come back are found by the collector.
/// </summary>
internal sealed class RecoveryWatch(
    LetterIndex index,
    LetterStore store,
    ItemsByKey items,
    IOptions<PipelineOptions> pipeline,
    RedrivingOptions options,
    TimeProvider time
)
{
    private const int AtOnce = 100;

    private static readonly string[] EventKey = ["subject", "event"];
    private static readonly string[] Summary = ["conversationId", "writtenAt"];

    public async Task LookAsync(IEnumerable<Letter> letters, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = letters.Where(letter =>
            letter.State == LetterState.Redriven && now - letter.RedrivenAt >= options.Settle
        );
        foreach (var some in due.Chunk(AtOnce))
        {
            // Whatever a throttled table does not answer for is asked for at the next look.
            foreach (var letter in await ArrivedAsync(some, cancellationToken))
            {
                var what = letter.Queue == LetterQueue.Events ? "recorded" : "summarised";
                var recovered = letter.Then(LetterState.Recovered, now, what, letter.Redrive);
                if (await store.WriteAsync(recovered, cancellationToken) == LetterWrite.Written)
                {
                    index.Apply(recovered);
                }
                else if (await store.ReadAsync(letter.Id, cancellationToken) is { } stored)
                {
                    index.Apply(stored);
                }
            }
        }
    }

    /// <summary>Its event is in the table; or the summary it asked for was written after it was sent.</summary>
    private async Task<IReadOnlyList<Letter>> ArrivedAsync(Letter[] letters, CancellationToken cancellationToken)
    {
        var recorded = await RecordedAsync(
            letters.Where(letter => letter is { Queue: LetterQueue.Events, Subject: not null, SortKey: not null }),
            cancellationToken
        );
        var summarised = await SummarisedAsync(
            letters.Where(letter => letter is { Queue: LetterQueue.Enrichment, ConversationId: not null }),
            cancellationToken
        );
        return
        [
            .. letters.Where(letter =>
                letter.Queue == LetterQueue.Events
                    ? recorded.Contains((letter.Subject, letter.SortKey))
                    : summarised.GetValueOrDefault(letter.ConversationId ?? "") >= letter.RedrivenAt
            ),
        ];
    }

    private async Task<HashSet<(string?, string?)>> RecordedAsync(
        IEnumerable<Letter> letters,
        CancellationToken cancellationToken
    )
    {
        var keys = letters
            .Select(letter => (letter.Subject, letter.SortKey))
            .Distinct()
            .Select(key => new Dictionary<string, AttributeValue>
            {
                ["subject"] = new(key.Subject),
                ["event"] = new(key.SortKey),
            })
            .ToList();
        var read = await items.ReadAsync(pipeline.Value.EventsTable, keys, EventKey, cancellationToken);
        return [.. read.Items.Select(item => ((string?)item["subject"].S, (string?)item["event"].S))];
    }

    private async Task<Dictionary<string, DateTimeOffset>> SummarisedAsync(
        IEnumerable<Letter> letters,
        CancellationToken cancellationToken
    )
    {
        var keys = letters
            .Select(letter => letter.ConversationId!)
            .Distinct(StringComparer.Ordinal)
            .Select(id => new Dictionary<string, AttributeValue> { ["conversationId"] = new(id) })
            .ToList();
        var read = await items.ReadAsync(pipeline.Value.ConversationsTable, keys, Summary, cancellationToken);
        return read.Items.ToDictionary(
            item => item["conversationId"].S,
            item =>
                DateTimeOffset.FromUnixTimeMilliseconds(
                    long.Parse(item.GetValueOrDefault("writtenAt")?.N ?? "0", CultureInfo.InvariantCulture)
                ),
            StringComparer.Ordinal
        );
    }
}
