using System.Globalization;
using System.Runtime.InteropServices;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting.Guarding;

/// <summary>
/// The process that outlives a killed AppHost and takes its children with it. It holds the other end of a pipe that only the
/// AppHost has open: however the AppHost ends, the kernel closes it. Until then a line `+id` names a process group to guard, `-id` one
/// that is gone.
/// </summary>
internal static class GuardProgram
{
    /// <summary>Time to drain; ten seconds after the AppHost nothing may be left.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    public static async Task Main()
    {
        // A signal to everything at once (a session that closes, a service manager) must not end the guard before those it guards.
        PosixSignal[] survived = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];
        var registrations = survived
            .Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true))
            .ToList();

        var groups = new HashSet<int>();
        while (Console.In.ReadLine() is { } line)
        {
            var group = int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture);
            _ = line[0] is '+' ? groups.Add(group) : groups.Remove(group);
        }

        await EndAsync(groups, TimeProvider.System);
        registrations.ForEach(registration => registration.Dispose());
    }

    private static async Task EndAsync(HashSet<int> groups, TimeProvider time)
    {
        var started = time.GetTimestamp();
        groups.RemoveWhere(group => IsGone(group, Libc.SigTerm));
        while (groups.Count > 0 && time.GetElapsedTime(started) < Grace)
        {
            await Task.Delay(LookAgain, time);
            groups.RemoveWhere(group => IsGone(group, signal: 0));
        }

        groups.RemoveWhere(group => IsGone(group, Libc.SigKill));
    }

    private static bool IsGone(int group, int signal) =>
        Libc.Signal(-group, signal) is not 0 && Marshal.GetLastPInvokeError() is Libc.NoSuchProcess;
}
