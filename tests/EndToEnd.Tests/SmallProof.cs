using Testing;

namespace EndToEnd.Tests;

/// <summary>A proof of two hundred events, on one endpoint, whose traces go to a sink: run once, to its end.</summary>
public sealed class SmallProof : IAsyncLifetime
{
    private static readonly TimeSpan ProofMax = TimeSpan.FromMinutes(5);
    private TraceSink? _sink;

    public int ExitCode { get; private set; }

    public string Output { get; private set; } = "";

    internal TraceSink Traces => _sink!;

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _sink = await TraceSink.StartAsync(cancellationToken);
        await using var emulators = await Emulators.StartAsync(cancellationToken);
        await using var endpoint = await OneEndpoint.StartAsync(emulators, cancellationToken);
        await using var run = AppHostRun.Start(
            ["--Aws:Mode=endpoint", $"--Aws:Endpoint={endpoint.Url}", "--Proof:Events=200"],
            start =>
            {
                start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = _sink.Url;
                start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            }
        );
        ExitCode = await run.ExitCodeAsync(ProofMax, cancellationToken);
        Output = run.Output;
    }

    public async ValueTask DisposeAsync()
    {
        if (_sink is not null)
        {
            await _sink.DisposeAsync();
        }
    }
}
