using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ingestor.Sending;

/// <summary>Ready once the queue was found.</summary>
internal sealed class QueueCheck(IEventQueue queue) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            queue.IsOpen
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The events queue was not found yet.")
        );
}
