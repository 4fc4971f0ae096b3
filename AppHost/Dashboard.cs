#if !USE_ASPIRE
using System.Security.Cryptography;
#endif

namespace AppHost;

/// <summary>The real Aspire dashboard, from the npm package of the Aspire command line: all services export to it.</summary>
/// <param name="Resource">What runs it.</param>
/// <param name="Token">To log in.</param>
internal sealed record Dashboard(IResourceBuilder<ExecutableResource> Resource, string Token)
{
    private const string Page = "page";
    private const int LooksMax = 20;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

#if USE_ASPIRE
    /// <summary>None: Aspire.Hosting starts its own and prints the link itself.</summary>
    public static Dashboard? AddTo(IDistributedApplicationBuilder _) => null;
#else
    private const string Exporter = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Otlp = "otlp";
    private const string OtlpHttp = "otlp-http";

    /// <returns>Null where there is no dashboard.</returns>
    public static Dashboard? AddTo(IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration[Exporter] is { Length: > 0 } elsewhere)
        {
            Console.WriteLine($"Telemetry goes to {elsewhere} ({Exporter}); no dashboard is started.");
            return null;
        }

        var program = Path.Combine(
            builder.AppHostDirectory,
            "emulators/node_modules/@microsoft/aspire-cli-linux-x64/bin/aspire"
        );
        if (!File.Exists(program))
        {
            Console.WriteLine(
                "The Aspire dashboard has no package for this platform here; everything else runs without it."
            );
            return null;
        }

        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var otlpKey = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var resource = builder
            .AddExecutable(
                ResourceNames.Dashboard,
                program,
                builder.AppHostDirectory,
                "dashboard",
                "run",
                "--nologo",
                "--non-interactive"
            )
            .WithHttpEndpoint(name: Page)
            .WithHttpEndpoint(name: Otlp)
            .WithHttpEndpoint(name: OtlpHttp)
            // By the environment: a command line is readable by everybody on the machine.
            .WithEnvironment(
                "DASHBOARD__FRONTEND__BROWSERTOKEN",
                builder.AddParameter("dashboard-token", token, secret: true)
            )
            // The launch profile says it for the real AppHost, and the dashboard would ask there for resources that nobody serves.
            .WithEnvironment("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", string.Empty)
            .WithEnvironment("DASHBOARD__OTLP__AUTHMODE", "ApiKey")
            .WithEnvironment(
                "DASHBOARD__OTLP__PRIMARYAPIKEY",
                builder.AddParameter("otlp-api-key", otlpKey, secret: true)
            );
        resource
            .WithArgs("--frontend-url", resource.GetEndpoint(Page))
            .WithArgs("--otlp-grpc-url", resource.GetEndpoint(Otlp))
            .WithArgs("--otlp-http-url", resource.GetEndpoint(OtlpHttp))
            // Stronger than the argument, and the launch profile says another.
            .WithEnvironment("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", resource.GetEndpoint(Otlp));

        // Its ports are given out, and held, when everything starts; before anything does, all are told where to send.
        builder.Eventing.Subscribe<BeforeStartEvent>(
            (_, _) =>
            {
                builder.Configuration[Exporter] = resource.GetEndpoint(Otlp).Url;
                builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
                builder.Configuration["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={otlpKey}";
                return Task.CompletedTask;
            }
        );

        return new Dashboard(resource, token);
    }
#endif

    /// <summary>Without the token; known when its ports are given out.</summary>
    public string PageUrl => Resource.GetEndpoint(Page).Url;

    /// <summary>The page, with the token: only once it answers. Nobody needs it to run, so it is not waited for long.</summary>
    /// <returns>Null when it does not answer.</returns>
    public async Task<Uri?> LinkAsync()
    {
        var page = new Uri(PageUrl);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var look = 0; look < LooksMax; look++)
        {
            try
            {
                using var answer = await http.GetAsync(page, HttpCompletionOption.ResponseHeadersRead);
                return new Uri(page, $"/login?t={Token}");
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                await Task.Delay(BetweenLooks, TimeProvider.System);
            }
        }

        return null;
    }
}
