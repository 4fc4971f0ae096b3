namespace EndToEnd.Tests;

/// <summary>What any run shows, of one small run.</summary>
[Collection(nameof(WholeSystem))]
public sealed class SmallProofTests(SmallProof proof) : IClassFixture<SmallProof>
{
    [Fact]
    public void A_proof_holds_on_one_endpoint_for_queues_and_tables()
    {
        Assert.True(proof.ExitCode == 0, proof.Output);
        Assert.DoesNotContain("sqs ", proof.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void One_trace_leads_from_the_publish_over_the_Ingestor_to_the_Processor()
    {
        var published = proof.Traces.TracesOf("genesys");
        Assert.NotEmpty(published);
        published.IntersectWith(proof.Traces.TracesOf("ingestor"));
        Assert.NotEmpty(published);
        published.IntersectWith(proof.Traces.TracesOf("processor"));
        Assert.NotEmpty(published);
    }
}
