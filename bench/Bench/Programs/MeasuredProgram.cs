using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Bench.Programs;

/// <summary>A built program in a process of its own, so that its processor time and its memory are its own.</summary>
internal sealed class MeasuredProgram : IAsyncDisposable
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DoneWithin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);
    private static readonly ConcurrentDictionary<int, Process> Running = new();

    private readonly string _name;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly string _readyWords;
    private readonly TextWriter _echo;
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<long> _allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MeasuredProgram(string name, Process process, string readyWords, TextWriter echo)
    {
        (_name, _process, _readyWords, _echo) = (name, process, readyWords, echo);
        Running[process.Id] = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>User and system time since its start, of the process and of nothing else.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory it ever had, in bytes: VmHWM.</summary>
    public long PeakResidentBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status")
                .First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
            return 1024
                * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The line by which it said that it works.</summary>
    public string ReadyLine => _ready.Task.Result;

    /// <summary>What it said last, for an error.</summary>
    public string LastLines => string.Join(Environment.NewLine, _lines);

    /// <param name="fileName">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">What is set besides our own.</param>
    /// <param name="readyWords">A part of the line by which it says that it works.</param>
    public static async Task<MeasuredProgram> StartAsync(
        string fileName,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string readyWords
    )
    {
        var program = new MeasuredProgram(
            $"{fileName} {arguments[0]}",
            Launch(fileName, arguments, environment),
            readyWords,
            TextWriter.Null
        );
        var ended = program._process.WaitForExitAsync();
        var late = Task.Delay(ReadyWithin, TimeProvider.System, CancellationToken.None);
        if (await Task.WhenAny(program._ready.Task, ended, late) != program._ready.Task)
        {
            throw new BenchException($"{program._name} did not begin to work:{Environment.NewLine}{program.LastLines}");
        }

        return program;
    }

    /// <summary>For a program that does one thing and ends; what it says goes to <paramref name="echo"/>.</summary>
    public static async Task RunAsync(
        string fileName,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        TextWriter? echo = null
    )
    {
        await using var program = new MeasuredProgram(
            $"{fileName} {arguments[0]}",
            Launch(fileName, arguments, environment),
            readyWords: string.Empty,
            echo ?? TextWriter.Null
        );
        var late = Task.Delay(DoneWithin, TimeProvider.System, CancellationToken.None);
        if (await Task.WhenAny(program._process.WaitForExitAsync(), late) == late || program._process.ExitCode != 0)
        {
            throw new BenchException($"{program._name} failed:{Environment.NewLine}{program.LastLines}");
        }
    }

    /// <summary>Whoever ends the bench ends what it started.</summary>
    public static void KillAll()
    {
        foreach (var process in Running.Values)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public void ThrowIfEnded()
    {
        if (_process.HasExited)
        {
            throw new BenchException($"{_name} ended with {_process.ExitCode}:{Environment.NewLine}{LastLines}");
        }
    }

    /// <summary>All that it allocated since its start, in bytes. Only a program with the <see cref="StartupHook"/> answers.</summary>
    public async Task<long> AllocatedBytesAsync()
    {
        _allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await SignalAsync("CONT");
        try
        {
            return await _allocated.Task.WaitAsync(AnswersWithin, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new BenchException($"{_name} does not say what it allocated:{Environment.NewLine}{LastLines}");
        }
    }

    /// <summary>SIGTERM, as an orchestrator sends it; SIGKILL if it does not end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync("TERM");
            try
            {
                await _process.WaitForExitAsync().WaitAsync(EndsWithin, TimeProvider.System);
            }
            catch (TimeoutException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        Running.TryRemove(_process.Id, out _);
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static Process Launch(
        string fileName,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private void Keep(string? line)
    {
        const int LinesMax = 40;
        if (line is null)
        {
            return;
        }

        if (line.StartsWith(StartupHook.Words, StringComparison.Ordinal))
        {
            _allocated.TrySetResult(long.Parse(line[StartupHook.Words.Length..], CultureInfo.InvariantCulture));
            return;
        }

        _echo.WriteLine(line);
        _lines.Enqueue(line);
        if (_lines.Count > LinesMax)
        {
            _lines.TryDequeue(out _);
        }

        if (line.Contains(_readyWords, StringComparison.Ordinal))
        {
            _ready.TrySetResult(line);
        }
    }
}
