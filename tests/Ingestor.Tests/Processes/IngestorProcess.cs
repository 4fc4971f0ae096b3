using System.Collections.Concurrent;
using System.Diagnostics;
using Testing;

namespace Ingestor.Tests.Processes;

/// <summary>The built program in a process of its own, with nothing but its environment.</summary>
internal sealed class IngestorProcess : IAsyncDisposable
{
    public const string ApiKey = "a-key-for-processes";

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private IngestorProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Url => _listening.Task.Result;

    public string Output => string.Join('\n', _lines);

    public static async Task<IngestorProcess> StartAsync(IReadOnlyDictionary<string, string> environment)
    {
        var ingestor = Launch(environment);
        await ingestor._listening.Task.WaitAsync(TestContext.Current.CancellationToken);
        return ingestor;
    }

    public static IngestorProcess Launch(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.ProgramOf("Ingestor"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["Ingestor__ApiKeys__0"] = ApiKey },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new IngestorProcess(start);
    }

    public HttpClient CreateClient() =>
        new() { BaseAddress = Url, DefaultRequestHeaders = { { "x-api-key", ApiKey } } };

    /// <summary>As the kernel does it when memory runs out: no good-bye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>As an orchestrator does it: SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        const string listening = "Now listening on: ";
        if (line is null)
        {
            _listening.TrySetException(new InvalidOperationException($"It ended before it listened:\n{Output}"));
            return;
        }

        _lines.Enqueue(line);
        if (line.IndexOf(listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            _listening.TrySetResult(new Uri(line[(at + listening.Length)..]));
        }
    }
}
