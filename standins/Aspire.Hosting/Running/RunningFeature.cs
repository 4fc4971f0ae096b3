using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

internal static class RunningFeature
{
    public static IServiceCollection AddRunning(this IServiceCollection services) => services;
}
