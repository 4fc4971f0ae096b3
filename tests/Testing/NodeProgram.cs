using System.Diagnostics;

namespace Testing;

/// <summary>One emulator process. It announces its address in its first line and ends when our end of its input closes.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private readonly Process _process;

    private NodeProgram(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public static async Task<NodeProgram> StartAsync(string script, CancellationToken cancellationToken)
    {
        var process = Process.Start(
            new ProcessStartInfo("node", [script, "--port", "0", "--exit-with-stdin"])
            {
                WorkingDirectory = Repository.PathOf("AppHost", "emulators"),
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;

        var announcement =
            await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException(
                $"{script} ended before it listened; its own message stands on standard error."
            );
        return new NodeProgram(
            process,
            new Uri(announcement[announcement.IndexOf("http://", StringComparison.Ordinal)..])
        );
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
