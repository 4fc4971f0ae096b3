using Testing;

namespace EndToEnd.Tests;

[Collection(nameof(WholeSystem))]
public sealed class TraceTests
{
    private static readonly TimeSpan ProofMax = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task One_trace_leads_from_the_publish_over_the_Ingestor_to_the_Processor()
    {
        await using var sink = await TraceSink.StartAsync(TestContext.Current.CancellationToken);
        await using var run = AppHostRun.Start(
            ["--Proof:Events=50", "--Proof:Enrichment=false"],
            start =>
            {
                start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = sink.Url;
                start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            }
        );

        var exitCode = await run.ExitCodeAsync(ProofMax, TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, run.Output);
        var published = sink.TracesOf("genesys");
        Assert.NotEmpty(published);
        published.IntersectWith(sink.TracesOf("ingestor"));
        Assert.NotEmpty(published);
        published.IntersectWith(sink.TracesOf("processor"));
        Assert.NotEmpty(published);
    }
}
