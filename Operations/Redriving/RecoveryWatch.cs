using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Operations.DeadLetters;
using Operations.Previewing;
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
    SummaryPreview summaries,
    ItemsByKey items,
    IOptions<PipelineOptions> pipeline,
    RedrivingOptions options,
    TimeProvider time
)
{
    private const int AtOnce = 100;

    private static readonly string[] Summary = ["conversationId", "writtenAt", "details"];

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
                else if (
                    letter is { Queue: LetterQueue.Enrichment, ConversationId: { } id }
                    && await OfSummaryAsync(letter, summarised.GetValueOrDefault(id), now, cancellationToken) is { } end
                )
                {
                    await ConcludeAsync(end);
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

    /// <summary>Enrichment lets go of some requests without a word; that is told by what it would find.</summary>
    /// <returns>Null as long as it is not decided.</returns>
    private async Task<Letter?> OfSummaryAsync(
        Letter letter,
        Summarised? summary,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (summary?.At >= letter.RedrivenAt - Fates.ClockSkewMax)
        {
            return letter.Then(LetterState.Recovered, now, "summarised", letter.Redrive);
        }

        if (now - letter.RedrivenAt < options.SummaryWithin)
        {
            return null;
        }

        if (summary is not null)
        {
            return summary.IsComplete
                ? letter.Then(LetterState.Recovered, now, "summarised before", letter.Redrive)
                : null;
        }

        return
            await summaries.OfConversationAsync(letter.ConversationId!, cancellationToken)
                is Preview.WillFailAgain nothing
            ? letter.Then(LetterState.Dead, now, "failed again", letter.Redrive, nothing.Why) with
            {
                FailedAgain = letter.FailedAgain + 1,
                LastFailedAt = now,
            }
            : null;
    }

    private async Task<Dictionary<string, Summarised>> SummarisedAsync(
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
            item => new Summarised(
                ItemNumbers.InstantIn(item, "writtenAt"),
                item.GetValueOrDefault("details")?.S == "present"
            ),
            StringComparer.Ordinal
        );
    }

    /// <param name="IsComplete">With all that the API tells.</param>
    private sealed record Summarised(DateTimeOffset At, bool IsComplete);
}
