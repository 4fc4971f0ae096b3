using System.Diagnostics;
using Amazon.DynamoDBv2.Model;
using Testing;

namespace Operations.Tests.Emulated;

/// <summary>The Processor as it is built, on the queues and tables of a test.</summary>
internal sealed class ProcessorProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly EmulatedPipeline _pipeline;

    private ProcessorProcess(Process process, EmulatedPipeline pipeline) => (_process, _pipeline) = (process, pipeline);

    public static ProcessorProcess Start(EmulatedPipeline pipeline, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Repository.ProgramOf("Processor")])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Receiving__WaitTime"] = "00:00:01";
        foreach (var (name, value) in pipeline.Environment.Select(pair => (pair.Key, pair.Value)).Concat(settings))
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return new ProcessorProcess(process, pipeline);
    }

    /// <summary>Items in the table of events.</summary>
    public async Task<int> RecordedAsync(CancellationToken cancellationToken) =>
        (await ItemsAsync(cancellationToken)).Count;

    /// <summary>Distinct envelopes among them: an event that was recorded twice would be two items of one.</summary>
    public async Task<int> RecordedOnceAsync(CancellationToken cancellationToken) =>
        (await ItemsAsync(cancellationToken)).DistinctBy(item => item["envelopeId"].S).Count();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync(CancellationToken cancellationToken) =>
        (
            await _pipeline.DynamoDb.ScanAsync(
                new ScanRequest(_pipeline.Names.EventsTable) { ConsistentRead = true },
                cancellationToken
            )
        ).Items
        ?? [];
}
