using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace Microsoft.Extensions.Http.Resilience.Tests;

/// <summary>A client of a canned server, with the standard handler in between.</summary>
internal static class Client
{
    public static readonly Uri Address = new("http://genesys.test/");

    public static HttpClient Of(
        CannedServer server,
        ManualTimeProvider clock,
        Action<HttpStandardResilienceOptions>? configure = null
    ) => Factory(server, clock, configure).CreateClient("test");

    public static IHttpClientFactory Factory(
        CannedServer server,
        ManualTimeProvider clock,
        Action<HttpStandardResilienceOptions>? configure = null
    )
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services
            .AddHttpClient("test", client => client.BaseAddress = Address)
            .ConfigurePrimaryHttpMessageHandler(() => server)
            .AddStandardResilienceHandler(options =>
            {
                // Jitter is what the pauses must not have where a test measures them.
                options.Retry.UseJitter = false;
                configure?.Invoke(options);
            });
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>();
    }
}
