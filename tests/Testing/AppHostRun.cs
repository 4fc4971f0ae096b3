using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Testing;

/// <summary>The AppHost as a user starts it, from its built program, with every line it prints.</summary>
public sealed partial class AppHostRun : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly List<(Func<string, bool> Matches, TaskCompletionSource<string> Found)> _waiting = [];
    private readonly Lock _gate = new();

    private AppHostRun(Process process) => _process = process;

    public string Output => string.Join(Environment.NewLine, _lines);

    /// <summary>What of it went to standard error.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    public static AppHostRun Start(string[] arguments, Action<ProcessStartInfo>? configure = null) =>
        Start(["exec", Repository.ProgramOf("AppHost"), .. arguments], Repository.PathOf("AppHost"), configure);

    /// <summary>With its launch profile, as the README says; only that nothing is built.</summary>
    public static AppHostRun StartByDotnetRun() =>
        Start(
            ["run", "--project", "AppHost", "--no-build", "--configuration", Repository.Configuration],
            Repository.Root,
            // Telemetry goes to its own dashboard.
            start => start.Environment.Remove("OTEL_EXPORTER_OTLP_ENDPOINT")
        );

    private static AppHostRun Start(string[] command, string folder, Action<ProcessStartInfo>? configure)
    {
        var start = new ProcessStartInfo("dotnet", command)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        configure?.Invoke(start);

        var run = new AppHostRun(new Process { StartInfo = start });
        run._process.OutputDataReceived += (_, line) => run.Take(line.Data);
        run._process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                run._errors.Enqueue(line.Data);
            }

            run.Take(line.Data);
        };
        run._process.Start();
        run._process.BeginOutputReadLine();
        run._process.BeginErrorReadLine();
        return run;
    }

    /// <summary>Waits for a line; the output so far stands in the failure.</summary>
    public async Task<string> LineAsync(
        Func<string, bool> matches,
        TimeSpan within,
        CancellationToken cancellationToken
    )
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.FirstOrDefault(matches) is { } seen)
            {
                return seen;
            }

            _waiting.Add((matches, found));
        }

        try
        {
            return await found.Task.WaitAsync(within, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"The line did not come within {within}. The output:{Environment.NewLine}{Output}"
            );
        }
    }

    public async Task<int> ExitCodeAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(within, cancellationToken);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"The AppHost did not end within {within}. The output:{Environment.NewLine}{Output}"
            );
        }
    }

    /// <summary>SIGTERM, as a service manager would.</summary>
    public void Terminate()
    {
        using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        terminate.WaitForExit();
    }

    /// <summary>Kills one living replica of a service with SIGKILL, the one that <paramref name="chance"/> chooses.</summary>
    /// <returns>False when none was alive to kill.</returns>
    public bool KillOne(string resource, Random chance)
    {
        var replicas = ReplicasOf(resource);
        try
        {
            using var victim = Process.GetProcessById(replicas[chance.Next(replicas.Count)].Process);
            victim.Kill();
            return true;
        }
        catch (ArgumentException)
        {
            // It is dead already and not yet started again.
            return false;
        }
    }

    /// <summary>The replicas of a service, each with the process that was started last; it may be dead by now.</summary>
    public IReadOnlyList<StartedReplica> ReplicasOf(string resource) =>
        [
            .. Starts()
                .Where(start => start.Name.StartsWith(resource, StringComparison.Ordinal))
                .GroupBy(start => start.Name)
                .Select(starts => starts.Last()),
        ];

    /// <summary>Waits until a replica runs in a later process than this one.</summary>
    public async Task<StartedReplica> StartedAgainAsync(
        StartedReplica earlier,
        TimeSpan within,
        CancellationToken cancellationToken
    )
    {
        var before = Starts().TakeWhile(start => start != earlier).Append(earlier).ToHashSet();
        var line = await LineAsync(
            line => StartIn(line) is { } start && start.Name == earlier.Name && !before.Contains(start),
            within,
            cancellationToken
        );
        return StartIn(line)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Terminate();
            await _process
                .WaitForExitAsync(CancellationToken.None)
                .WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            _lines.Enqueue(line);
            foreach (var (_, found) in _waiting.FindAll(waiting => waiting.Matches(line)))
            {
                found.TrySetResult(line);
            }

            _waiting.RemoveAll(waiting => waiting.Found.Task.IsCompleted);
        }
    }

    private IEnumerable<StartedReplica> Starts() => _lines.Select(StartIn).OfType<StartedReplica>();

    private static StartedReplica? StartIn(string line) =>
        StartedLine().Match(line) is { Success: true } match
            ? new StartedReplica(
                match.Groups["name"].Value,
                int.Parse(match.Groups["pid"].Value, CultureInfo.InvariantCulture)
            )
            : null;

    [GeneratedRegex(@"^(?<name>[a-z0-9-]+)\s*\| started, process (?<pid>\d+)")]
    private static partial Regex StartedLine();
}

/// <param name="Name">As the AppHost prints it: `processor-2`.</param>
/// <param name="Process">The id of its process.</param>
public sealed record StartedReplica(string Name, int Process);
