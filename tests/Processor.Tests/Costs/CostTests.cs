using Processor.Testing;
using Processor.Testing.Building;
using Processor.Tests.Emulated;
using Testing;

namespace Processor.Tests.Costs;

/// <summary>What 1,000 events of a busy queue cost, as AWS would bill them: a change that makes the path dearer fails here.</summary>
public sealed class CostTests(EmulatedAws aws)
{
    private const int Events = 2_000;

    [Fact]
    public async Task A_thousand_events_cost_no_more_than_the_budget_and_no_read()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await pipeline.SendEventsAsync(Samples.Calls(Events, new Random(3)), cancellationToken);
        // Short enough to end the test soon, long enough that no poll comes back empty while there is work.
        var settings = new ProcessorSettings { Receiving = new() { WaitTime = TimeSpan.FromSeconds(5) } };
        using var processor = new ProcessorUnderTest(
            pipeline.Seams(TimeProvider.System, settings.Receiving),
            TimeProvider.System,
            new Random(3),
            settings
        ).Start();

        await Eventually.SeesAsync(
            pipeline.MessagesLeftAsync,
            left => left == 0,
            TimeSpan.FromSeconds(60),
            cancellationToken
        );
        var requests = pipeline.Metrics.Sum("genesys.sqs.requests");
        await processor.DrainAsync();

        Assert.Equal(Events, (await pipeline.EventItemsAsync(cancellationToken)).Count);
        var budget = CostBudget.Read();
        var sqsRequests = requests * 1_000 / Events;
        var units = pipeline.Metrics.Sum("genesys.dynamodb.units") * 1_000 / Events;
        Assert.InRange(sqsRequests, 200, budget.SqsRequestsPerThousand);
        Assert.InRange(units, 1_000, budget.WriteUnitsPerThousand);
        Assert.InRange(
            pipeline.Metrics.Sum("genesys.dynamodb.requests") * 1_000 / Events,
            1,
            budget.DynamoDbRequestsPerThousand
        );
        Assert.InRange((0.40 * sqsRequests + 0.625 * units) / 1_000, 0, budget.DollarsPerMillion);
        Assert.Equal(
            pipeline.Metrics.Sum("genesys.dynamodb.requests"),
            pipeline.Metrics.Sum("genesys.dynamodb.requests", ("operation", "BatchWriteItem"))
        );
    }
}
