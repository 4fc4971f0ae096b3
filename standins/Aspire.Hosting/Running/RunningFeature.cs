using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Guarding;
using Aspire.Hosting.Printing;
using Aspire.Hosting.Starting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

internal static class RunningFeature
{
    /// <summary>A health check that takes longer than this counts as failed.</summary>
    private static readonly TimeSpan HealthCheckTimeout = TimeSpan.FromSeconds(5);

    public static void AddRunning(this HostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(Console.Out);
        builder.Services.AddSingleton<ResourceConsole>();
        builder.Services.AddSingleton<Ports>();
        builder.Services.AddSingleton<Guard>();
        builder.Services.AddSingleton<LaunchPlan>();
        builder.Services.AddSingleton(new HealthCheck(new HttpClient { Timeout = HealthCheckTimeout }));
        builder.Services.AddSingleton(services => StandInOptions.From(services.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<ReplicaHealth>();
        builder.Services.AddSingleton<ReplicaProcess>();
        builder.Services.AddSingleton<ReplicaRunner>();
        builder.Services.AddHostedService<Orchestrator>();

        // Each process is given its own time to stop (StandIn:StopTimeout); the host need not limit their sum.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);

        // A start that fails is told in one line, by whoever catches the exception; the host would log a stack trace.
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
