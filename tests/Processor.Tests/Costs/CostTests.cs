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
        AssertCountedIsAsked(pipeline);

        Assert.Equal(SeededTraffic.Distinct, (await pipeline.EventItemsAsync(cancellationToken)).Count);
        Assert.Equal(SeededTraffic.Poison, (await pipeline.DeadLettersAsync(cancellationToken)).Count);
        var budget = CostBudget.Of("test");
        var units = PerThousand(pipeline.Metrics.Sum("genesys.dynamodb.units"));
        Assert.InRange(sqsRequests, 200, budget.SqsRequestsPerThousand);
        Assert.InRange(units, PerThousand(SeededTraffic.Distinct), budget.WriteUnitsPerThousand);
        Assert.InRange(
            PerThousand(pipeline.Metrics.Sum("genesys.dynamodb.requests")),
            1,
            budget.DynamoDbRequestsPerThousand
        );
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
        Assert.InRange(PerThousand(world.Genesys.Calls.Count), 1, CostBudget.Of("test").GenesysCallsPerThousand!.Value);
    }

    [Fact]
    public async Task A_payload_is_counted_in_bytes_of_body_and_attributes()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        var letters = pipeline.Seams(TimeProvider.System).DeadLetters;
        // Two bytes a character: a chunk is full at half as many characters.
        const int Chunk = 64 * 1024;
        var none = new Dictionary<string, string>();

        Assert.True(await letters.SendAsync(new string('é', Chunk / 2), none, place: null, cancellationToken));
        Assert.Equal(1, pipeline.Metrics.Sum("genesys.sqs.requests"));

        Assert.True(await letters.SendAsync(new string('é', Chunk / 2 + 1), none, place: null, cancellationToken));
        Assert.Equal(1 + 2, pipeline.Metrics.Sum("genesys.sqs.requests"));

        var one = new Dictionary<string, string> { ["reason"] = "x" };
        Assert.True(await letters.SendAsync(new string('é', Chunk / 2), one, place: null, cancellationToken));
        Assert.Equal(1 + 2 + 2, pipeline.Metrics.Sum("genesys.sqs.requests"));
    }

    /// <summary>The Processor's own count against that of its clients' requests; a request that nobody counts is seen here.</summary>
    private static void AssertCountedIsAsked(EmulatedPipeline pipeline)
    {
        foreach (var (operation, asked) in pipeline.Asked.ByOperation.Where(count => count.Key != "GetQueueUrl"))
        {
            Assert.Equal(
                asked,
                pipeline.Metrics.Count("genesys.sqs.requests", ("operation", operation))
                    + pipeline.Metrics.Count("genesys.dynamodb.requests", ("operation", operation))
            );
        }
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
