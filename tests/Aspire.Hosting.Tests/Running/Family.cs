using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Tests.Running;

/// <summary>A program that starts another one, which no signal but SIGKILL ends.</summary>
internal static class Family
{
    public const string Script = """
        const { spawn } = require('child_process');
        const stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('grandchild ' + process.pid)";
        spawn(process.execPath, ['-e', stubborn], { stdio: 'inherit' });
        process.on('SIGTERM', () => process.exit(0));
        process.on('SIGINT', () => console.log('interrupted'));
        setInterval(() => {}, 1000);
        console.log('child ' + process.pid);
        """;

    public static async Task<int> ChildAsync(ConsoleText console, CancellationToken cancellationToken) =>
        Number(await console.LineAsync("| child ", cancellationToken));

    public static async Task<int> GrandchildAsync(ConsoleText console, CancellationToken cancellationToken) =>
        Number(await console.LineAsync("| grandchild ", cancellationToken));

    /// <summary>Returns when the process has ended, also when nobody has asked for its exit code yet.</summary>
    public static async Task GoneAsync(int processId, CancellationToken cancellationToken)
    {
        while (IsAlive(processId))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !OperatingSystem.IsLinux()
                || !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is ArgumentException or IOException)
        {
            return false;
        }
    }

    private static int Number(string line) => int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
}
