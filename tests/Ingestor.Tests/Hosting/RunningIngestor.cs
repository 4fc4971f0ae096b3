using System.Text;
using Ingestor.Sending;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingestor.Tests.Hosting;

/// <summary>The whole Ingestor on a loopback port, with a queue that the test sees into.</summary>
internal sealed class RunningIngestor : WebApplicationFactory<Program>
{
    public const string ApiKey = "a-key-for-tests";

    private readonly Dictionary<string, string> _settings = new()
    {
        ["Ingestor:ApiKeys:0"] = ApiKey,
        ["Ingestor:Region"] = "us-east-1",
        // A test that waits for a crowd says so.
        ["Ingestor:Sending:Linger"] = "00:00:00",
    };

    private readonly List<Action<IServiceCollection>> _services = [];

    public RecordingQueue Queue { get; } = new();

    public RecordedLog LogLines { get; } = new();

    public RunningIngestor With(string setting, string value)
    {
        _settings[$"Ingestor:{setting}"] = value;
        return this;
    }

    public RunningIngestor WithService<T>(T service)
        where T : class
    {
        _services.Add(services => services.AddSingleton(service));
        return this;
    }

    /// <summary>Starts to listen; the client shows the API key.</summary>
    public HttpClient Start()
    {
        UseKestrel();
        StartServer();
        var client = CreateClient();
        client.DefaultRequestHeaders.Add("x-api-key", ApiKey);
        return client;
    }

    public static HttpContent Json(string json) => new StringContent(json, Encoding.UTF8, "application/json");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseUrls("http://127.0.0.1:0");
        foreach (var (setting, value) in _settings)
        {
            builder.UseSetting(setting, value);
        }

        builder.ConfigureLogging(logging =>
            logging.ClearProviders().AddProvider(LogLines).SetMinimumLevel(LogLevel.Debug)
        );
        builder.ConfigureServices(services =>
        {
            services.AddSingleton<IEventQueue>(Queue);
            foreach (var add in _services)
            {
                add(services);
            }
        });
    }
}
