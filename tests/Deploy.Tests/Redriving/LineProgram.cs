using System.Diagnostics;
using System.Text.Json.Nodes;
using Testing;

namespace Deploy.Tests.Redriving;

/// <summary>A Node.js program that answers each line of its input with one line. It ends with this object.</summary>
public abstract class LineProgram(string script, string argument) : IDisposable
{
    private readonly Process _process = Process.Start(
        new ProcessStartInfo("node", [Path.GetFileName(script), argument])
        {
            WorkingDirectory = Path.GetDirectoryName(Repository.PathOf("tests", "Deploy.Tests", "Redriving", script)),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }
    )!;

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<JsonObject> AskAsync(JsonObject question, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(question.ToJsonString().AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        var line =
            await _process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException($"{script} ended; its own message stands on standard error.");
        return JsonNode.Parse(line)!.AsObject();
    }
}
