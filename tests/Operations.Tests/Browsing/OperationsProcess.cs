using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Browsing;

/// <summary>Operations as it is built, as a process of its own, with the link that it prints at its start.</summary>
internal sealed partial class OperationsProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private OperationsProcess(Process process, Uri link) => (_process, Link) = (process, link);

    /// <summary>With the token, where one was made.</summary>
    public Uri Link { get; }

    public static async Task<OperationsProcess> StartAsync(
        EmulatedPipeline pipeline,
        CancellationToken cancellationToken,
        params (string Name, string Value)[] settings
    )
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Repository.ProgramOf("Operations")])
        {
            WorkingDirectory = Repository.PathOf("Operations"),
            RedirectStandardOutput = true,
        };
        var environment = pipeline.Environment;
        environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        // One that does not end by itself is not ended by the host either: the test that ends it fails.
        environment["DOTNET_shutdownTimeoutSeconds"] = "600";
        environment["Collecting__Wait"] = "00:00:01";
        environment["Redriving__Settle"] = "00:00:01";
        environment["Redriving__LookEvery"] = "00:00:00.200";
        foreach (var (name, value) in environment.Select(pair => (pair.Key, pair.Value)).Concat(settings))
        {
            start.Environment[name] = value;
        }

        var linked = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null && LinkLine().Match(line.Data) is { Success: true } match)
            {
                linked.TrySetResult(new Uri(match.Groups["link"].Value));
            }
            else if (line.Data?.Contains(" fail: ", StringComparison.Ordinal) == true)
            {
                // A page only says that something is broken.
                Console.Error.WriteLine(line.Data);
            }
        };
        process.BeginOutputReadLine();
        return new OperationsProcess(
            process,
            await linked.Task.WaitAsync(StartWithin, TimeProvider.System, cancellationToken)
        );
    }

    /// <summary>SIGKILL: nothing is finished, nothing given back.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>SIGTERM, and until it has ended.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(EndWithin, TimeProvider.System, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await EndAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"^Operations: (?<link>http\S+/login(\?t=\S+)?)$")]
    private static partial Regex LinkLine();
}
