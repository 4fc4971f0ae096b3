using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Printing;

namespace Aspire.Hosting.Running;

/// <summary>The life of one replica: it waits, starts, and starts again when it crashes, or ends, where that is asked for.</summary>
internal sealed class ReplicaRunner(
    ReplicaProcess process,
    ResourceNotificationService notifications,
    ResourceConsole console,
    StandInOptions options,
    TimeProvider time
)
{
    public async Task RunAsync(Replica replica, Func<Task> beforeStart, CancellationToken stopping)
    {
        try
        {
            Publish(replica, snapshot => snapshot with { State = KnownResourceStates.Waiting });
            await beforeStart();
            await RunUntilFinishedAsync(replica, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Publish(replica, snapshot => snapshot with { State = KnownResourceStates.Exited });
        }
        catch (Exception fault)
        {
            Fail(replica, fault);
        }
    }

    private async Task RunUntilFinishedAsync(Replica replica, CancellationToken stopping)
    {
        var delay = new RestartDelay();
        while (true)
        {
            var started = time.GetTimestamp();
            var exitCode = await process.RunAsync(replica, stopping);
            if (!StartsAgain(replica, exitCode))
            {
                Finish(replica, exitCode);
                return;
            }

            await PauseAsync(replica, exitCode, delay.AfterLifeOf(time.GetElapsedTime(started)), stopping);
        }
    }

    private bool StartsAgain(Replica replica, int exitCode) =>
        replica.StartsAgain
        && (exitCode is not 0 || options.RestartEndedProjects)
        && !notifications.IsEndAwaited(replica.Resource.Name, replica.Id);

    private void Finish(Replica replica, int exitCode)
    {
        console.WriteLine(replica.Id, $"ended with exit code {exitCode}.");
        Publish(replica, snapshot => snapshot with { State = KnownResourceStates.Finished });
        replica.HasEnded(exitCode);
    }

    private async Task PauseAsync(Replica replica, int exitCode, TimeSpan delay, CancellationToken stopping)
    {
        var seconds = delay.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        var how = exitCode is 0 ? "ended" : "crashed";
        console.WriteLine(replica.Id, $"{how} with exit code {exitCode}; starts again in {seconds} s.");
        Publish(replica, snapshot => snapshot with { State = KnownResourceStates.Starting });
        await Task.Delay(delay, time, stopping);
    }

    /// <summary>While the application starts this ends the start, with the fault as its message; later it is only told.</summary>
    private void Fail(Replica replica, Exception fault)
    {
        if (replica.Healthy.IsCompleted)
        {
            console.WriteLine(replica.Id, fault.Message);
        }

        Publish(replica, snapshot => snapshot with { State = KnownResourceStates.FailedToStart });
        replica.HasFailed(
            fault as DistributedApplicationException
                ?? new DistributedApplicationException($"Resource '{replica.Id}' cannot start: {fault.Message}", fault)
        );
    }

    private void Publish(Replica replica, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        notifications.Publish(replica.Resource, replica.Id, change);
}
