using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Operations.DeadLetters;
using ServiceDefaults;

namespace Operations.Redriving;

/// <summary>
/// Finds out which letters that were sent are recovered: their event is in the table, and they have not come back for a while.
/// Those that come back are found by the collector.
/// </summary>
internal sealed class RecoveryWatch(
    LetterIndex index,
    LetterStore store,
    IAmazonDynamoDB dynamoDb,
    IOptions<PipelineOptions> pipeline,
    RedrivingOptions options,
    TimeProvider time
)
{
    private const int KeysOfCall = 100;

    public async Task LookAsync(IEnumerable<Letter> letters, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = letters.Where(letter =>
            letter is { State: LetterState.Redriven, Subject: not null, SortKey: not null }
            && now - letter.RedrivenAt >= options.Settle
        );
        foreach (var some in due.Chunk(KeysOfCall))
        {
            var recorded = await RecordedAsync(some, cancellationToken);
            foreach (var letter in some.Where(letter => recorded.Contains((letter.Subject!, letter.SortKey!))))
            {
                var recovered = letter.Then(LetterState.Recovered, now, "recorded", letter.Redrive);
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

    private async Task<HashSet<(string, string)>> RecordedAsync(Letter[] letters, CancellationToken cancellationToken)
    {
        var table = pipeline.Value.EventsTable;
        var response = await dynamoDb.BatchGetItemAsync(
            new BatchGetItemRequest
            {
                RequestItems = new()
                {
                    [table] = new KeysAndAttributes
                    {
                        Keys =
                        [
                            .. letters
                                .Select(letter => (letter.Subject, letter.SortKey))
                                .Distinct()
                                .Select(key => new Dictionary<string, AttributeValue>
                                {
                                    ["subject"] = new(key.Subject),
                                    ["event"] = new(key.SortKey),
                                }),
                        ],
                        ProjectionExpression = "subject, #event",
                        ExpressionAttributeNames = new() { ["#event"] = "event" },
                        ConsistentRead = true,
                    },
                },
            },
            cancellationToken
        );

        // What was left unprocessed is asked for at the next look.
        return
        [
            .. (response.Responses?.GetValueOrDefault(table) ?? []).Select(item =>
                (item["subject"].S, item["event"].S)
            ),
        ];
    }
}
