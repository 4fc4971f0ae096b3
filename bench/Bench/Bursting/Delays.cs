using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Bench.Endpoints;

namespace Bench.Bursting;

/// <summary>From publish to record, as the items themselves tell it: both clocks are this machine's.</summary>
internal sealed class Delays
{
    private readonly List<(long Published, long Delay)> _events = [];

    public static async Task<Delays> ReadAsync(IAmazonDynamoDB dynamoDb)
    {
        var delays = new Delays();
        Dictionary<string, AttributeValue>? start = null;
        do
        {
            var page = await dynamoDb.ScanAsync(
                new ScanRequest(Names.EventsTable)
                {
                    ProjectionExpression = "published, recorded",
                    ExclusiveStartKey = start,
                }
            );
            foreach (var item in page.Items)
            {
                var published = Number(item["published"]);
                delays._events.Add((published, Number(item["recorded"]) - published));
            }

            start = page.LastEvaluatedKey is { Count: > 0 } next ? next : null;
        } while (start is not null);

        return delays;
    }

    /// <returns>Milliseconds, the shortest first.</returns>
    public IReadOnlyList<long> Between(DateTimeOffset from, DateTimeOffset to) =>
        [
            .. _events
                .Where(known =>
                    known.Published >= from.ToUnixTimeMilliseconds() && known.Published < to.ToUnixTimeMilliseconds()
                )
                .Select(known => known.Delay)
                .Order(),
        ];

    public static long Percentile(IReadOnlyList<long> ordered, double part) =>
        ordered.Count == 0 ? 0 : ordered[(int)(part * (ordered.Count - 1))];

    private static long Number(AttributeValue value) => long.Parse(value.N, CultureInfo.InvariantCulture);
}
