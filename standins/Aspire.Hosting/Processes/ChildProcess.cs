using System.ComponentModel;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Aspire.Hosting.Processes;

/// <summary>
/// A running program and whatever it starts itself: one process group, apart from the AppHost's, so that Ctrl-C in a terminal reaches
/// the AppHost alone and a signal to the group reaches the grandchildren too.
/// </summary>
internal sealed class ChildProcess
{
    // posix_spawn_file_actions_t, posix_spawnattr_t and sigset_t are opaque and differ between systems; none is as large as this.
    private const int OpaqueBytes = 1024;
    private const int WaiterStackBytes = 128 * 1024;

    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(int id) => Id = id;

    public int Id { get; }

    /// <summary>Completes with the exit code; with 128 + the signal's number for a process that a signal killed.</summary>
    public Task<int> Exited => _exited.Task;

    /// <param name="program">The path of the program, its arguments, folder and whole environment.</param>
    /// <param name="input">Becomes its standard input; null for none.</param>
    /// <param name="output">Becomes its standard output and error, so that their lines keep their order; null to throw them away.</param>
    public static ChildProcess Start(
        LaunchedProgram program,
        AnonymousPipeServerStream? input,
        AnonymousPipeServerStream? output
    )
    {
        var actions = new byte[OpaqueBytes];
        var attributes = new byte[OpaqueBytes];
        Check(Libc.InitActions(actions));
        Check(Libc.InitAttributes(attributes));
        try
        {
            Connect(actions, input, 0);
            Connect(actions, output, 1);
            Check(Libc.AddDuplicate(actions, 1, 2));
            Check(Libc.AddChangeDirectory(actions, program.WorkingDirectory));
            Check(Libc.SetFlags(attributes, Libc.OwnGroupAndFreshSignals));
            Check(Libc.SetDefaultSignals(attributes, AllSignals()));
            Check(
                Libc.Spawn(
                    out var pid,
                    program.Path,
                    actions,
                    attributes,
                    [program.Path, .. program.Arguments, null],
                    [.. program.Environment.Select(variable => $"{variable.Key}={variable.Value}"), null]
                )
            );

            // Only the child may hold its end: the other end sees it close when the child is gone.
            input?.DisposeLocalCopyOfClientHandle();
            output?.DisposeLocalCopyOfClientHandle();

            var child = new ChildProcess(pid);
            new Thread(child.WaitForExit, WaiterStackBytes) { IsBackground = true, Name = $"wait for {pid}" }.Start();
            return child;
        }
        finally
        {
            _ = Libc.DestroyActions(actions);
            _ = Libc.DestroyAttributes(attributes);
        }
    }

    /// <summary>Asks the whole group to end.</summary>
    public void Terminate() => _ = Libc.Signal(-Id, Libc.SigTerm);

    /// <summary>Ends whatever of the group is left.</summary>
    public void Kill() => _ = Libc.Signal(-Id, Libc.SigKill);

    /// <summary>The kernel has no other way to hand over an exit code than to a thread that waits for it.</summary>
    private void WaitForExit()
    {
        int status;
        while (Libc.WaitFor(Id, out status, options: 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() is not Libc.Interrupted)
            {
                _exited.SetResult(-1); // Somebody ignores SIGCHLD, and the kernel has thrown the code away.
                return;
            }
        }

        var signal = status & 0x7f;
        _exited.SetResult(signal is 0 ? (status >> 8) & 0xff : 128 + signal);
    }

    private static void Connect(byte[] actions, AnonymousPipeServerStream? pipe, int descriptor)
    {
        const int readAndWrite = 2; // O_RDWR
        Check(
            pipe is null
                ? Libc.AddOpen(actions, descriptor, "/dev/null", readAndWrite, mode: 0)
                : Libc.AddDuplicate(actions, (int)pipe.ClientSafePipeHandle.DangerousGetHandle(), descriptor)
        );
    }

    /// <summary>The runtime ignores SIGPIPE, and an ignored signal stays ignored in a child unless it is set back.</summary>
    private static byte[] AllSignals()
    {
        var signals = new byte[OpaqueBytes];
        Array.Fill(signals, byte.MaxValue);
        return signals;
    }

    private static void Check(int error)
    {
        if (error is not 0)
        {
            throw new Win32Exception(error);
        }
    }
}
