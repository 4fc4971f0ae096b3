using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults;

/// <summary>What is the same in every process: telemetry, health, clock, chance, where the other services are.</summary>
public static class ServiceDefaultsFeature
{
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry();
        builder.AddHealth();
        builder.AddClockAndChance();
        builder.AddPipelineOptions();

        // No resilience handler for every client: a retry on top of a retry multiplies requests, so each client names its one owner.
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());

        return builder;
    }

    private static void AddClockAndChance(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
#pragma warning disable RS0030 // The one place where chance enters the process; everybody else is given it.
        builder.Services.TryAddSingleton(Random.Shared);
#pragma warning restore RS0030
    }
}
