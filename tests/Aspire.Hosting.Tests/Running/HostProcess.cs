using System.Diagnostics;

namespace Aspire.Hosting.Tests.Running;

/// <summary>An AppHost in a process of its own, which a test can interrupt and kill.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HostProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Console.WriteLine(line.Data);
        _process.ErrorDataReceived += (_, line) => Errors.WriteLine(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public ConsoleText Console { get; } = new();

    public ConsoleText Errors { get; } = new();

    public static HostProcess Start(params string[] arguments) => Start(arguments, new Dictionary<string, string>());

    public static HostProcess Start(string[] arguments, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } path && path.EndsWith("dotnet", StringComparison.Ordinal) ? path : "dotnet"
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(new Projects.Host().AssemblyPath);
        Array.ForEach(arguments, start.ArgumentList.Add);
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new HostProcess(Process.Start(start)!);
    }

    public void Kill() => _process.Kill();

    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    public async Task<int> ExitCodeAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        await Console.DisposeAsync();
        await Errors.DisposeAsync();
    }
}
