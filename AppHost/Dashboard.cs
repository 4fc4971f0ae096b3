#if !USE_ASPIRE
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
#endif

namespace AppHost;

/// <summary>
/// The real Aspire dashboard, from the npm package of the Aspire command line. It must know its ports before anybody starts, since all services export to it.
/// </summary>
/// <param name="Link">The page, with its login token.</param>
/// <param name="Resource">What runs it.</param>
internal sealed record Dashboard(Uri Link, IResourceBuilder<ExecutableResource> Resource)
{
#if USE_ASPIRE
    /// <summary>None: Aspire.Hosting starts its own and prints the link itself.</summary>
    public static Dashboard? AddTo(IDistributedApplicationBuilder _) => null;
#else
    /// <returns>Null where there is no dashboard.</returns>
    public static Dashboard? AddTo(IDistributedApplicationBuilder builder)
    {
        const string exporter = "OTEL_EXPORTER_OTLP_ENDPOINT";
        if (builder.Configuration[exporter] is { Length: > 0 } elsewhere)
        {
            Console.WriteLine($"Telemetry goes to {elsewhere} ({exporter}); no dashboard is started.");
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

        var page = new Uri($"http://localhost:{FreePort()}");
        var otlp = new Uri($"http://localhost:{FreePort()}");
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
                "--non-interactive",
                "--frontend-url",
                page.ToString(),
                "--otlp-grpc-url",
                otlp.ToString(),
                "--otlp-http-url",
                $"http://localhost:{FreePort()}"
            )
            // By the environment: a command line is readable by everybody on the machine.
            .WithEnvironment(
                "DASHBOARD__FRONTEND__BROWSERTOKEN",
                builder.AddParameter("dashboard-token", token, secret: true)
            )
            .WithEnvironment("DASHBOARD__OTLP__AUTHMODE", "ApiKey")
            .WithEnvironment(
                "DASHBOARD__OTLP__PRIMARYAPIKEY",
                builder.AddParameter("otlp-api-key", otlpKey, secret: true)
            );

        builder.Configuration[exporter] = otlp.ToString();
        builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        builder.Configuration["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={otlpKey}";

        return new Dashboard(new Uri(page, $"/login?t={token}"), resource);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
#endif
}
