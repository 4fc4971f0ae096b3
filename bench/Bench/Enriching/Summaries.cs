using Amazon.DynamoDBv2.Model;
using Bench.Endpoints;

namespace Bench.Enriching;

/// <summary>The table of conversations.</summary>
internal static class Summaries
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>How many conversations have the platform's account; asked after a pause, so that the emulator does not only answer to us. A time that ends with it is some second too long at the most.</summary>
    public static async Task<int> EnrichedAsync(EmulatedAws aws)
    {
        await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
        var enriched = 0;
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var page = await aws.DynamoDbClient.ScanAsync(
                new ScanRequest(Names.SummariesTable)
                {
                    ProjectionExpression = "details",
                    ConsistentRead = true,
                    ExclusiveStartKey = start,
                }
            );
            enriched += page.Items.Count(item => item["details"].S == "present");
            start = page.LastEvaluatedKey is { Count: > 0 } next ? next : null;
        } while (start is not null);

        return enriched;
    }
}
