using System.ComponentModel;
using System.IO.Pipes;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Guarding;
using Aspire.Hosting.Printing;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Starting;

namespace Aspire.Hosting.Running;

/// <summary>One process of a replica, from its start to its end.</summary>
internal sealed class ReplicaProcess(
    LaunchPlan plan,
    ReplicaHealth health,
    Guard guard,
    ResourceNotificationService notifications,
    ResourceConsole console,
    StandInOptions options,
    TimeProvider time
)
{
    /// <summary>A grandchild that left the process group may hold the pipe for ever; what it says after the end is not waited for.</summary>
    private static readonly TimeSpan LastOutput = TimeSpan.FromSeconds(2);

    /// <returns>The exit code of a process that ended by itself after it was healthy; anything else is an exception.</returns>
    public async Task<int> RunAsync(Replica replica, CancellationToken stopping)
    {
        Publish(replica, snapshot => snapshot with { State = KnownResourceStates.Starting });
        var program = await plan.ForAsync(replica.Resource, replica.Index, stopping);
        var urls = await ShownUrls.OfAsync(replica.Resource, replica.Index, stopping);
        using var output = new AnonymousPipeServerStream(PipeDirection.In);
        var process = Start(replica, program, output);
        var reading = new OutputLines(line => Print(replica, line)).ReadAsync(output);
        Publish(
            replica,
            snapshot =>
                snapshot with
                {
                    State = KnownResourceStates.Running,
                    ExitCode = null,
                    StartTimeStamp = Now(),
                    Urls = urls,
                }
        );
        console.WriteLine(
            replica.Id,
            $"started, process {process.Id}{string.Concat(urls.Select(url => $", {url.Url}"))}"
        );
        replica.HasStarted();

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var unhealthyForTooLong = health.WatchAsync(replica, ending.Token);
        try
        {
            await Task.WhenAny(process.Exited, unhealthyForTooLong).WaitAsync(stopping);
        }
        finally
        {
            await ending.CancelAsync();
            await EndAsync(replica, process);
            await Task.WhenAny(reading, Task.Delay(LastOutput, time, CancellationToken.None));
        }

        if (unhealthyForTooLong.IsFaulted)
        {
            await unhealthyForTooLong; // throws
        }

        var exitCode = await process.Exited;
        return replica.Healthy.IsCompleted
            ? exitCode
            : throw new DistributedApplicationException(
                $"Resource '{replica.Id}' failed to start: it ended with exit code {exitCode} before it was healthy. {replica.LastWords()}"
            );
    }

    private ChildProcess Start(Replica replica, LaunchedProgram program, AnonymousPipeServerStream output)
    {
        try
        {
            var process = ChildProcess.Start(program, input: null, output);
            guard.Watch(process);
            return process;
        }
        catch (Win32Exception fault)
        {
            throw new DistributedApplicationException(
                $"Resource '{replica.Id}' cannot start {program.Path}: {fault.Message}.",
                fault
            );
        }
    }

    /// <summary>Asks it to end and gives it time to drain; then ends it, and what it started itself.</summary>
    private async Task EndAsync(Replica replica, ChildProcess process)
    {
        if (!process.Exited.IsCompleted)
        {
            Publish(replica, snapshot => snapshot with { State = KnownResourceStates.Stopping });
            process.Terminate();
            await Task.WhenAny(process.Exited, Task.Delay(options.StopTimeout, time, CancellationToken.None));
            var how = process.Exited.IsCompletedSuccessfully
                ? $"stopped with exit code {await process.Exited}."
                : $"did not stop within {options.StopTimeout.TotalSeconds} s and was killed.";
            console.WriteLine(replica.Id, how);
        }

        process.Kill();
        var exitCode = await process.Exited;
        guard.Forget(process);
        Publish(replica, snapshot => snapshot with { ExitCode = exitCode, HealthStatus = null, StopTimeStamp = Now() });
    }

    private void Print(Replica replica, string line)
    {
        console.WriteLine(replica.Id, line);
        replica.HasSaid(console.Hidden(line));
    }

    private DateTime Now() => time.GetUtcNow().UtcDateTime;

    private void Publish(Replica replica, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        notifications.Publish(replica.Resource, replica.Id, change);
}
