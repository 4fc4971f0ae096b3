using Processor.Testing;
using Processor.Testing.Building;
using Processor.Tests.Emulated;

namespace Processor.Tests.Costs;

/// <summary>What 1,000 events of a busy queue cost, as AWS would bill them: a change that makes the path dearer fails here.</summary>
public sealed class CostTests(EmulatedAws aws)
{
    private const int Events = 2_000;

    [Fact]
    public async Task A_thousand_events_cost_at_most_220_requests_to_SQS_and_1050_write_units_and_no_read()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await pipeline.SendEventsAsync(Samples.Calls(Events, new Random(3)), cancellationToken);
        // The path alone: announcements to enrichment cost by conversation, not by event. The linger fills batches on a slow machine too.
        var settings = new ProcessorSettings
        {
            Announcing = new() { Enabled = false },
            Settlement = new() { Linger = TimeSpan.FromSeconds(1) },
        };
        using var processor = new ProcessorUnderTest(
            pipeline.Seams(TimeProvider.System),
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
        var idle = pipeline.Metrics.Sum("genesys.sqs.requests", ("operation", "ReceiveMessage"));
        processor.BeginDrain();

        var report = string.Join(
            "; ",
            pipeline
                .Metrics.All.Where(measured => measured.Instrument.StartsWith("genesys.", StringComparison.Ordinal))
                .GroupBy(measured => $"{measured.Instrument} {measured.Tags.GetValueOrDefault("operation")}")
                .Select(group => $"{group.Key}: {group.Sum(measured => measured.Value)}")
        );
        TestContext.Current.TestOutputHelper!.WriteLine(report);
        Assert.Equal(Events, (await pipeline.EventItemsAsync(cancellationToken)).Count);
        Assert.InRange(pipeline.Metrics.Sum("genesys.sqs.requests") * 1_000 / Events, 0, 220);
        Assert.InRange(
            pipeline.Metrics.Sum("genesys.dynamodb.units", ("operation", "BatchWriteItem")) * 1_000 / Events,
            0,
            1_050
        );
        Assert.Equal(0, pipeline.Metrics.Sum("genesys.dynamodb.requests", ("operation", "GetItem")));
        await processor.Running;
    }
}
