using System.IO.Pipes;
using System.Text;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Starting;

namespace Aspire.Hosting.Guarding;

/// <summary>The AppHost's side of the guard: tells it which processes there are.</summary>
internal sealed class Guard : IDisposable
{
    /// <summary>A guard that cannot start at all must not be tried for ever.</summary>
    private const int StartsMax = 5;

    private readonly Lock _lock = new();
    private readonly HashSet<int> _guarded = [];
    private AnonymousPipeServerStream? _pipe;
    private int _starts;
    private bool _disposed;

    public void Watch(ChildProcess child)
    {
        lock (_lock)
        {
            _guarded.Add(child.Id);
            Tell($"+{child.Id}\n");
        }
    }

    public void Forget(ChildProcess child)
    {
        lock (_lock)
        {
            _guarded.Remove(child.Id);
            Tell($"-{child.Id}\n");
        }
    }

    public void Start()
    {
        lock (_lock)
        {
            _pipe = new AnonymousPipeServerStream(PipeDirection.Out);
            var guard = ChildProcess.Start(Program(), input: _pipe, output: null);
            _guarded.ToList().ForEach(id => Tell($"+{id}\n"));
            _starts++;
            _ = RestartAfterAsync(guard);
        }
    }

    /// <summary>Ends everything at once, without time to drain.</summary>
    public void KillAll()
    {
        lock (_lock)
        {
            _guarded.ToList().ForEach(id => _ = Libc.Signal(-id, Libc.SigKill));
        }
    }

    /// <summary>Everything has been stopped: the guard sees the pipe close, has nobody to end, and ends.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _pipe?.Dispose();
        }
    }

    /// <summary>Somebody killed the guard; another one takes its place.</summary>
    private async Task RestartAfterAsync(ChildProcess guard)
    {
        await guard.Exited;
        lock (_lock)
        {
            _pipe?.Dispose();
            _pipe = null;
            if (!_disposed && _starts < StartsMax)
            {
                Start();
            }
        }
    }

    private void Tell(string line)
    {
        try
        {
            _pipe?.Write(Encoding.ASCII.GetBytes(line));
        }
        catch (IOException)
        {
            // The guard is gone; the next one is told about everybody.
        }
    }

    private static LaunchedProgram Program()
    {
        var assembly = typeof(Guard).Assembly.Location;
        return new LaunchedProgram(
            DotnetHost.Path,
            ["exec", "--runtimeconfig", Path.ChangeExtension(assembly, ".runtimeconfig.json"), assembly],
            Path.GetDirectoryName(assembly)!,
            InheritedEnvironment.Variables()
        );
    }
}
