using Testing;

namespace EndToEnd.Tests;

[Collection(nameof(WholeSystem))]
public sealed class EndpointTests
{
    private static readonly TimeSpan ProofMax = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_proof_holds_on_one_endpoint_for_queues_and_tables()
    {
        await using var emulators = await Emulators.StartAsync(TestContext.Current.CancellationToken);
        await using var endpoint = await OneEndpoint.StartAsync(emulators, TestContext.Current.CancellationToken);
        await using var run = AppHostRun.Start([
            "--Aws:Mode=endpoint",
            $"--Aws:Endpoint={endpoint.Url}",
            "--Proof:Events=200",
        ]);

        var exitCode = await run.ExitCodeAsync(ProofMax, TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, run.Output);
        Assert.DoesNotContain("sqs ", run.Output, StringComparison.Ordinal);
    }
}
