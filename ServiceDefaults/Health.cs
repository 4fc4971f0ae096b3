using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults;

/// <summary><c>/alive</c>: the process answers. <c>/health</c>: it can also do its work.</summary>
public static class Health
{
    private const string Live = "live";

    internal static void AddHealth(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);

    /// <summary>
    /// Mapped in every environment, not only in Development: ECS and load balancers ask too. The answer is one word and tells
    /// nothing of the system.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/health");
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) });

        MetricsEndpoint.MapTo(app);

        return app;
    }
}
