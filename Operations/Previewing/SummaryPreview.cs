using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Options;
using Operations.DeadLetters;
using ServiceDefaults;

namespace Operations.Previewing;

/// <summary>What a request for a summary would meet if it were sent to enrichment again.</summary>
internal sealed class SummaryPreview(IAmazonDynamoDB dynamoDb, IOptions<PipelineOptions> pipeline)
{
    /// <returns>Null when nothing that the tables know speaks against it.</returns>
    public async Task<Preview?> PreviewAsync(string body, CancellationToken cancellationToken) =>
        SummaryRequest.ConversationOf(body) is { } conversationId
            ? await OfConversationAsync(conversationId, cancellationToken)
            : new Preview.WillFailAgain("It asks for no conversation. Only an edited copy can succeed.");

    /// <inheritdoc cref="PreviewAsync" />
    public async Task<Preview?> OfConversationAsync(string conversationId, CancellationToken cancellationToken)
    {
        var summary = await dynamoDb.GetItemAsync(
            new GetItemRequest(
                pipeline.Value.ConversationsTable,
                new() { ["conversationId"] = new(conversationId) },
                consistentRead: true
            ),
            cancellationToken
        );
        if (summary.Item is { Count: > 0 } item)
        {
            return item.GetValueOrDefault("details")?.S == "present"
                ? new Preview.AlreadySummarised(ItemNumbers.InstantIn(item, "writtenAt"))
                : null;
        }

        return await HasEventsAsync(conversationId, cancellationToken)
            ? null
            : new Preview.WillFailAgain(
                "No event of its conversation is recorded: enrichment would find nothing to summarise and let go of it."
            );
    }

    private async Task<bool> HasEventsAsync(string conversationId, CancellationToken cancellationToken)
    {
        var response = await dynamoDb.QueryAsync(
            new QueryRequest(pipeline.Value.EventsTable)
            {
                KeyConditionExpression = "subject = :subject",
                ExpressionAttributeValues = new()
                {
                    [":subject"] = new AttributeValue($"conversation:{conversationId}"),
                },
                Limit = 1,
                Select = Select.COUNT,
            },
            cancellationToken
        );
        return response.Count > 0;
    }
}
