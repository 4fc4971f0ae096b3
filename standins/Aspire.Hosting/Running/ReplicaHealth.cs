using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

/// <summary>Watches whether one replica is healthy, as long as its process runs.</summary>
internal sealed class ReplicaHealth(
    HealthCheck check,
    ResourceNotificationService notifications,
    StandInOptions options,
    TimeProvider time
)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseWhenHealthy = TimeSpan.FromSeconds(10);

    /// <summary>Fails when the replica's first process is not healthy in time; otherwise ends only by the token.</summary>
    public async Task WatchAsync(Replica replica, CancellationToken ending)
    {
        var checks = replica.Resource.Annotations.OfType<HttpHealthCheckAnnotation>().ToList();
        var started = time.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            var fault = await FaultAsync(replica, checks, ending);
            Report(replica, fault);
            if (
                fault is not null
                && !replica.Healthy.IsCompleted
                && time.GetElapsedTime(started) > options.StartTimeout
            )
            {
                throw new DistributedApplicationException(
                    $"Resource '{replica.Id}' failed to start: not healthy after {options.StartTimeout.TotalSeconds:0.#} s, {fault}. "
                        + replica.LastWords()
                );
            }

            await Task.Delay(fault is null ? PauseWhenHealthy : pause, time, ending);
            pause = fault is not null && pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<string?> FaultAsync(
        Replica replica,
        List<HttpHealthCheckAnnotation> checks,
        CancellationToken ending
    )
    {
        var asking = new ValueProviderContext { Caller = replica.Resource, Replica = replica.Index };
        foreach (var wanted in checks)
        {
            if (await check.FaultAsync(await wanted.Url(asking, ending), wanted.StatusCode, ending) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private void Report(Replica replica, string? fault)
    {
        var status = fault is null ? HealthStatus.Healthy : HealthStatus.Unhealthy;
        notifications.Publish(
            replica.Resource,
            replica.Id,
            snapshot =>
                snapshot.State?.Text == KnownResourceStates.Running ? snapshot with { HealthStatus = status } : snapshot
        );
        if (fault is null)
        {
            replica.IsHealthy();
        }
    }
}
