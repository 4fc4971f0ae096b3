using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Operations.DeadLetters;
using Operations.Tables;
using ServiceDefaults;

namespace Operations.Redriving;

/// <summary>
/// Finds out which letters that were sent are recovered: what they are for is done, and they have not come back for a while. Those
/// that come back are found by the collector.
/// </summary>
internal sealed class RecoveryWatch(
    LetterIndex index,
    LetterStore store,
    EventFates events,
    ItemsByKey items,
    IOptions<PipelineOptions> pipeline,
    RedrivingOptions options,
    TimeProvider time
)
{
    private const int AtOnce = 100;

    private static readonly string[] Summary = ["conversationId", "writtenAt"];

    /// <returns>Those that fail and are tried again.</returns>
    public async Task<IReadOnlySet<string>> LookAsync(IEnumerable<Letter> letters, CancellationToken cancellationToken)
    {
        var failing = new HashSet<string>(StringComparer.Ordinal);
        var now = time.GetUtcNow();
        var due = letters.Where(letter =>
            letter.State == LetterState.Redriven && now - letter.RedrivenAt >= options.Settle
        );
        foreach (var some in due.Chunk(AtOnce))
        {
            // Whatever a throttled table does not answer for is asked for at the next look.
            var fates = await events.ReadAsync(some, cancellationToken);
            var summarised = await SummarisedAsync(
                some.Where(letter => letter is { Queue: LetterQueue.Enrichment, ConversationId: not null }),
                cancellationToken
            );
            failing.UnionWith(fates.Where(fate => fate.Value == Fate.Failing).Select(fate => fate.Key));
            foreach (var letter in some)
            {
                if (fates.GetValueOrDefault(letter.Id) == Fate.Recovered)
                {
                    await ConcludeAsync(letter.Then(LetterState.Recovered, now, "recorded", letter.Redrive));
                }
                else if (summarised.GetValueOrDefault(letter.ConversationId ?? "") >= letter.RedrivenAt)
                {
                    await ConcludeAsync(letter.Then(LetterState.Recovered, now, "summarised", letter.Redrive));
                }
            }
        }

        return failing;

        async Task ConcludeAsync(Letter letter)
        {
            if (await store.WriteAsync(letter, cancellationToken) == LetterWrite.Written)
            {
                index.Apply(letter);
            }
            else if (await store.ReadAsync(letter.Id, cancellationToken) is { } stored)
            {
                index.Apply(stored);
            }
        }
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
