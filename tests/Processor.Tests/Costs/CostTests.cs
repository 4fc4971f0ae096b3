using Processor.Announcing;
using Processor.Testing;
using Processor.Testing.Outside;
using Processor.Tests.Emulated;
using Processor.Tests.Enrichment;
using Testing;

namespace Processor.Tests.Costs;

/// <summary>What 1,000 messages of a busy queue cost, as AWS and Genesys would count them: a change that makes the path dearer fails here.</summary>
public sealed class CostTests(EmulatedAws aws)
{
    [Fact]
    public async Task A_thousand_messages_cost_no_more_than_the_budget_and_no_read()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await pipeline.SendEventsAsync(SeededTraffic.Bodies(), cancellationToken);
        // Polls end soon enough for a test, and not while there is work. Lingers are longer: how full a batch becomes is not for a busy machine
        // to decide.
        var settings = new ProcessorSettings
        {
            Receiving = new() { WaitTime = TimeSpan.FromSeconds(5) },
            Settlement = new() { Linger = TimeSpan.FromSeconds(1) },
            Announcing = new() { Linger = TimeSpan.FromSeconds(1) },
        };
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
        var sqsRequests = PerThousand(pipeline.Metrics.Sum("genesys.sqs.requests"));
        await processor.DrainAsync();

        Assert.Equal(SeededTraffic.Distinct, (await pipeline.EventItemsAsync(cancellationToken)).Count);
        Assert.Equal(SeededTraffic.Poison, (await pipeline.DeadLettersAsync(cancellationToken)).Count);
        var budget = CostBudget.Read();
        var units = PerThousand(pipeline.Metrics.Sum("genesys.dynamodb.units"));
        Assert.InRange(sqsRequests, 200, budget.SqsRequestsPerThousand);
        Assert.InRange(units, PerThousand(SeededTraffic.Distinct), budget.WriteUnitsPerThousand);
        Assert.InRange(
            PerThousand(pipeline.Metrics.Sum("genesys.dynamodb.requests")),
            1,
            budget.DynamoDbRequestsPerThousand
        );
        Assert.InRange((0.40 * sqsRequests + 0.625 * units) / 1_000, 0, budget.DollarsPerMillion);
        // Events are written, failures counted, and nothing is read.
        Assert.Equal(
            pipeline.Metrics.Sum("genesys.dynamodb.requests"),
            pipeline.Metrics.Sum("genesys.dynamodb.requests", ("operation", "BatchWriteItem"))
                + pipeline.Metrics.Sum("genesys.dynamodb.requests", ("operation", "UpdateItem"))
        );
    }

    [Fact]
    public void A_thousand_messages_cost_no_more_calls_of_the_API_than_the_budget()
    {
        var world = new AnEnrichment(seed: 3);
        var outside = new FakeAws(world.World);
        using var processor = new ProcessorUnderTest(
            new Seams(
                outside.Queue,
                outside.Table,
                outside.Claims.SeenBy(world.Time),
                outside.Attempts,
                outside.DeadLetters,
                new RequestsOf(world.Queue)
            ),
            world.Time,
            world.World.Random,
            new ProcessorSettings()
        );

        world.RunFor(
            TimeSpan.FromMinutes(3),
            async () =>
            {
                processor.Start();
                foreach (var body in SeededTraffic.Bodies())
                {
                    outside.Queue.Send(body);
                    await world.SleepAsync(TimeSpan.FromMilliseconds(10));
                }

                await outside.UntilEmptyAsync(TimeSpan.FromMinutes(1));
                await processor.DrainAsync();
            }
        );

        Assert.Empty(world.Queue.Entries);
        Assert.Equal(outside.Table.Events.Select(item => item.Subject).ToHashSet().Count, world.Summaries.All.Count);
        Assert.InRange(PerThousand(world.Genesys.Calls.Count), 1, CostBudget.Read().GenesysCallsPerThousand);
    }

    private static double PerThousand(double count) => count * 1_000 / SeededTraffic.Messages;

    /// <summary>Announces to the enrichment queue of the same world.</summary>
    private sealed class RequestsOf(SimulatedQueue queue) : IEnrichmentRequests
    {
        public Task<bool[]> SendAsync(
            IReadOnlyList<string> conversationIds,
            TimeSpan delay,
            CancellationToken cancellationToken
        )
        {
            foreach (var conversationId in conversationIds)
            {
                queue.Send(conversationId, delay);
            }

            return Task.FromResult(Enumerable.Repeat(true, conversationIds.Count).ToArray());
        }
    }
}
