using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace GenesysApi.Tests;

/// <summary>What every test here needs and none is about.</summary>
internal static class ATest
{
    public static GenesysApiMetrics Metrics() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
}
