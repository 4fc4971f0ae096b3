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

    /// <summary>Returns when there is no such process any more.</summary>
    public static async Task GoneAsync(int processId, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (ArgumentException)
        {
            // It had gone before we looked.
        }
    }

    private static int Number(string line) => int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
}
