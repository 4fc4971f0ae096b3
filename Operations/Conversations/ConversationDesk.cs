using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Operations.Answering;
using Operations.DeadLetters;
using Operations.Previewing;
using ServiceDefaults;

namespace Operations.Conversations;

/// <summary>What can be asked about conversations. Reads only.</summary>
internal sealed class ConversationDesk(
    IAmazonDynamoDB dynamoDb,
    IOptions<PipelineOptions> pipeline,
    LetterIndex letters,
    PreviewingOptions previewing
)
{
    private const int KeysOfCall = 100;

    /// <summary>Items looked through for the latest: the table has no order in time.</summary>
    private const int BrowseMax = 2_000;

    public async Task<Answer<Timeline>> FindAsync(string conversationId, CancellationToken cancellationToken)
    {
        try
        {
            await letters.RefreshAsync(cancellationToken);
            var items = await EventsAsync(conversationId, cancellationToken);
            var keys = items.Select(item => item["event"].S.Split('#')[1]).Distinct(StringComparer.Ordinal).ToList();
            var summary = await SummaryAsync(conversationId, cancellationToken);
            var own = letters
                .All.Where(letter => letter.ConversationId == conversationId)
                .OrderBy(letter => letter.SentAt)
                .ToList();
            return items.Count == 0 && summary is null && own.Count == 0
                ? new Answer<Timeline>.NotFound($"Nothing is known here of a conversation {conversationId}.")
                : new Answer<Timeline>.Done(
                    new Timeline(
                        conversationId,
                        TimelineReading.Read(items, await AttemptsAsync(keys, cancellationToken)),
                        summary?.GetValueOrDefault("summary")?.S,
                        Instant(summary, "writtenAt"),
                        summary?.GetValueOrDefault("details")?.S,
                        own,
                        await EffectsAsync(keys, cancellationToken)
                    )
                );
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return new Answer<Timeline>.Unavailable($"A table does not answer: {AwsFaults.ReasonOf(exception)}.");
        }
    }

    /// <summary>The latest among those that one scan meets; a table of millions is searched by id.</summary>
    public async Task<IReadOnlyList<ConversationLine>> LatestAsync(int take, CancellationToken cancellationToken)
    {
        var response = await dynamoDb.ScanAsync(
            new ScanRequest(pipeline.Value.ConversationsTable)
            {
                Limit = BrowseMax,
                ProjectionExpression =
                    "conversationId, #state, #outcome, completeness, details, folded, startedAt, writtenAt",
                ExpressionAttributeNames = new() { ["#state"] = "state", ["#outcome"] = "outcome" },
            },
            cancellationToken
        );
        return
        [
            .. (response.Items ?? [])
                .Select(item => new ConversationLine(
                    item["conversationId"].S,
                    Text(item, "state"),
                    Text(item, "outcome"),
                    Text(item, "completeness"),
                    Text(item, "details"),
                    int.Parse(item.GetValueOrDefault("folded")?.N ?? "0", CultureInfo.InvariantCulture),
                    Instant(item, "startedAt"),
                    Instant(item, "writtenAt")
                ))
                .OrderByDescending(line => line.WrittenAt)
                .Take(take),
        ];
    }

    /// <summary>Which of these conversations left an event here.</summary>
    public async Task<IReadOnlySet<string>> ArrivedAsync(
        IReadOnlyCollection<string> conversationIds,
        CancellationToken cancellationToken
    )
    {
        const int atOnce = 16;
        var arrived = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in conversationIds.Chunk(atOnce))
        {
            var counts = await Task.WhenAll(some.Select(id => CountAsync(id, cancellationToken)));
            arrived.UnionWith(some.Where((_, index) => counts[index] > 0));
        }

        return arrived;
    }

    private async Task<int> CountAsync(string conversationId, CancellationToken cancellationToken)
    {
        var request = QueryOf(conversationId);
        request.Limit = 1;
        request.Select = Select.COUNT;
        return (await dynamoDb.QueryAsync(request, cancellationToken)).Count ?? 0;
    }

    private async Task<List<Dictionary<string, AttributeValue>>> EventsAsync(
        string conversationId,
        CancellationToken cancellationToken
    )
    {
        const int pagesMax = 50;
        var items = new List<Dictionary<string, AttributeValue>>();
        var request = QueryOf(conversationId);
        for (var page = 0; page < pagesMax; page++)
        {
            var response = await dynamoDb.QueryAsync(request, cancellationToken);
            items.AddRange(response.Items ?? []);
            if (response.LastEvaluatedKey is not { Count: > 0 } next)
            {
                break;
            }

            request.ExclusiveStartKey = next;
        }

        return items;
    }

    private QueryRequest QueryOf(string conversationId) =>
        new(pipeline.Value.EventsTable)
        {
            KeyConditionExpression = "subject = :subject",
            ExpressionAttributeValues = new() { [":subject"] = new AttributeValue($"conversation:{conversationId}") },
        };

    private async Task<Dictionary<string, AttributeValue>?> SummaryAsync(
        string conversationId,
        CancellationToken cancellationToken
    )
    {
        var response = await dynamoDb.GetItemAsync(
            new GetItemRequest(
                pipeline.Value.ConversationsTable,
                new() { ["conversationId"] = new(conversationId) },
                consistentRead: true
            ),
            cancellationToken
        );
        return response.Item is { Count: > 0 } item ? item : null;
    }

    private async Task<Dictionary<string, int>> AttemptsAsync(List<string> keys, CancellationToken cancellationToken)
    {
        var items = await GetAsync(pipeline.Value.AttemptsTable, "eventKey", keys, cancellationToken);
        return items.ToDictionary(
            item => item["eventKey"].S,
            item =>
                item.Where(attribute => attribute.Key.EndsWith("Attempts", StringComparison.Ordinal))
                    .Sum(attribute => int.Parse(attribute.Value.N, CultureInfo.InvariantCulture)),
            StringComparer.Ordinal
        );
    }

    /// <summary>Effects are claimed under the natural key, the first half of the event key.</summary>
    private async Task<List<EffectClaim>> EffectsAsync(List<string> keys, CancellationToken cancellationToken)
    {
        var byClaim = keys.SelectMany(key => previewing.Handlers.Select(handler => (Handler: handler, Key: key)))
            .DistinctBy(pair => $"{pair.Handler}#{pair.Key[..16]}")
            .ToDictionary(pair => $"{pair.Handler}#{pair.Key[..16]}", StringComparer.Ordinal);
        var items = await GetAsync(pipeline.Value.ClaimsTable, "claim", [.. byClaim.Keys], cancellationToken);
        return
        [
            .. items.Select(item => new EffectClaim(
                byClaim[item["claim"].S].Handler,
                byClaim[item["claim"].S].Key,
                Text(item, "state"),
                item.GetValueOrDefault("result")?.S
            )),
        ];
    }

    private async Task<List<Dictionary<string, AttributeValue>>> GetAsync(
        string table,
        string keyName,
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken
    )
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        foreach (var some in keys.Chunk(KeysOfCall))
        {
            var response = await dynamoDb.BatchGetItemAsync(
                new BatchGetItemRequest
                {
                    RequestItems = new()
                    {
                        [table] = new KeysAndAttributes
                        {
                            Keys =
                            [
                                .. some.Select(key => new Dictionary<string, AttributeValue> { [keyName] = new(key) }),
                            ],
                        },
                    },
                },
                cancellationToken
            );
            items.AddRange(response.Responses?.GetValueOrDefault(table) ?? []);
        }

        return items;
    }

    private static string Text(Dictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.S ?? "";

    private static DateTimeOffset? Instant(Dictionary<string, AttributeValue>? item, string name) =>
        item?.GetValueOrDefault(name)?.N is { } digits
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(digits, CultureInfo.InvariantCulture))
            : null;
}
