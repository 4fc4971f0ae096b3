using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Operations.Answering;
using Operations.DeadLetters;
using Operations.Previewing;
using Operations.Tables;
using ServiceDefaults;

namespace Operations.Conversations;

/// <summary>What can be asked about conversations. Reads only, and tells nobody's personal data: bodies and summaries leave it masked.</summary>
internal sealed class ConversationDesk(
    IAmazonDynamoDB dynamoDb,
    ItemsByKey itemsByKey,
    IOptions<PipelineOptions> pipeline,
    LetterIndex letters,
    PreviewingOptions previewing,
    ConversationOptions options
)
{
    /// <summary>More than anybody looks through; others are found by their id.</summary>
    public const int LatestMax = 500;

    public async Task<Answer<Timeline>> FindAsync(string conversationId, CancellationToken cancellationToken)
    {
        try
        {
            await letters.RefreshAsync(cancellationToken);
            var (items, isCut) = await EventsAsync(conversationId, cancellationToken);
            var keys = items.Select(item => item["event"].S.Split('#')[1]).Distinct(StringComparer.Ordinal).ToList();
            var claims = ClaimsOf(keys);
            var own = letters
                .All.Where(letter => letter.ConversationId == conversationId)
                .OrderBy(letter => letter.SentAt)
                // The attributes of a message may hold anything, and nobody asks for them here.
                .Select(letter => letter with { Attributes = [] })
                .ToList();
            var attempted = await GetAsync(
                pipeline.Value.AttemptsTable,
                "eventKey",
                keys.Concat(own.SelectMany(AttemptsKeysOf)).Distinct(StringComparer.Ordinal),
                cancellationToken
            );
            var claimed = await GetAsync(pipeline.Value.ClaimsTable, "claim", claims.Keys, cancellationToken);
            var summary = await SummaryAsync(conversationId, cancellationToken);
            return items.Count == 0 && summary is null && own.Count == 0
                ? new Answer<Timeline>.NotFound($"Nothing is known here of a conversation {conversationId}.")
                : new Answer<Timeline>.Done(
                    new Timeline(
                        conversationId,
                        [
                            .. TimelineReading
                                .Read(items, TimelineReading.Histories(attempted.Items))
                                .Select(one => one with { Body = Masking.Of(one.Body) }),
                        ],
                        summary?.GetValueOrDefault("summary")?.S is { } text ? Masking.Of(text) : null,
                        Instant(summary, "writtenAt"),
                        summary?.GetValueOrDefault("details")?.S,
                        CallOf(summary),
                        own,
                        [
                            .. claimed.Items.Select(item =>
                            {
                                var (handler, key) = claims[item["claim"].S];
                                return TimelineReading.Effect(handler, key, item);
                            }),
                        ],
                        options.DuplicatesCounted,
                        attempted.Missing + claimed.Missing,
                        isCut
                    )
                );
        }
        catch (Exception exception) when (AwsFaults.Classify(exception, cancellationToken) != AwsFault.None)
        {
            return new Answer<Timeline>.Unavailable($"A table does not answer: {AwsFaults.ReasonOf(exception)}.");
        }
    }

    /// <summary>
    /// The table has no order in time: it is looked through up to a limit, and what was seen is sorted. Only where all of it was seen are
    /// these the latest; a table of millions is searched by id.
    /// </summary>
    public async Task<BrowsedConversations> LatestAsync(int take, CancellationToken cancellationToken)
    {
        var seen = new List<ConversationLine>();
        var request = new ScanRequest(pipeline.Value.ConversationsTable)
        {
            ProjectionExpression =
                "conversationId, #state, #outcome, completeness, details, folded, startedAt, writtenAt",
            ExpressionAttributeNames = new() { ["#state"] = "state", ["#outcome"] = "outcome" },
        };
        do
        {
            request.Limit = options.BrowsedMax - seen.Count;
            var response = await dynamoDb.ScanAsync(request, cancellationToken);
            seen.AddRange((response.Items ?? []).Select(LineOf));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        } while (request.ExclusiveStartKey is { Count: > 0 } && seen.Count < options.BrowsedMax);

        return new BrowsedConversations(
            [.. seen.OrderByDescending(line => line.WrittenAt).Take(take)],
            seen.Count,
            IsCut: request.ExclusiveStartKey is { Count: > 0 }
        );
    }

    private static ConversationLine LineOf(Dictionary<string, AttributeValue> item) =>
        new(
            item["conversationId"].S,
            Text(item, "state"),
            Text(item, "outcome"),
            Text(item, "completeness"),
            Text(item, "details"),
            int.Parse(item.GetValueOrDefault("folded")?.N ?? "0", CultureInfo.InvariantCulture),
            Instant(item, "startedAt"),
            Instant(item, "writtenAt")
        );

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

    private async Task<(List<Dictionary<string, AttributeValue>> Items, bool IsCut)> EventsAsync(
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
                return (items, false);
            }

            request.ExclusiveStartKey = next;
        }

        return (items, true);
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

    /// <summary>Each redrive has its attempts counted anew; SQS's own redrive counts under the failure that the letter tells of now.</summary>
    private static IEnumerable<string> AttemptsKeysOf(Letter letter) =>
        letter.SortKey is { } sortKey
            ? letter.AttemptsKeys.Append(letter.AttemptsKeyOf(EventKeys.Of(sortKey).EventKey))
            : letter.AttemptsKeys;

    /// <summary>Effects are claimed under the natural key, the first half of the event key.</summary>
    private Dictionary<string, (string Handler, string Key)> ClaimsOf(List<string> keys) =>
        keys.SelectMany(key => previewing.Handlers.Select(handler => (Handler: handler, Key: key)))
            .DistinctBy(pair => $"{pair.Handler}#{pair.Key[..16]}")
            .ToDictionary(pair => $"{pair.Handler}#{pair.Key[..16]}", StringComparer.Ordinal);

    private Task<ItemsRead> GetAsync(
        string table,
        string keyName,
        IEnumerable<string> keys,
        CancellationToken cancellationToken
    ) =>
        itemsByKey.ReadAsync(
            table,
            [.. keys.Select(key => new Dictionary<string, AttributeValue> { [keyName] = new(key) })],
            attributes: null,
            cancellationToken
        );

    /// <summary>The call that its summary was written after; summaries written before that was kept have none.</summary>
    private static ApiCall? CallOf(Dictionary<string, AttributeValue>? summary) =>
        Instant(summary, "calledAt") is { } at
            ? new ApiCall(
                at,
                int.Parse(summary!.GetValueOrDefault("calledFor")?.N ?? "1", CultureInfo.InvariantCulture),
                Text(summary!, "callAnswer")
            )
            : null;

    private static string Text(Dictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.S ?? "";

    private static DateTimeOffset? Instant(Dictionary<string, AttributeValue>? item, string name) =>
        item?.GetValueOrDefault(name)?.N is { } digits
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(digits, CultureInfo.InvariantCulture))
            : null;
}
