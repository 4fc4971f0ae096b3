using GenesysMock.Traffic;
using Microsoft.Extensions.Options;

namespace GenesysMock.Publishing;

internal static class PublishingFeature
{
    /// <summary>Where the AppHost says the service <c>ingestor</c> is.</summary>
    private const string IngestorService = "services:ingestor:http:0";

    public static void AddPublishing(this WebApplicationBuilder builder)
    {
        builder
            .AddSettings<PublishingOptions, PublishingOptionsValidator>(PublishingOptions.Section, shared: true)
            .PostConfigure<IConfiguration>((options, configuration) => options.IngestorUrl ??= Discover(configuration));
        builder.Services.AddSingleton<IValidateOptions<PublishingOptions>, PublishingTermsValidator>();
        builder.AddSettings<TrafficOptions, TrafficOptionsValidator>(TrafficOptions.Section);
        builder.AddSettings<TrafficShape, TrafficShapeValidator>(TrafficShape.Section);

        builder.Services.AddHttpClient(nameof(IngestorClient), Configure);
        builder.Services.AddSingleton(services =>
            ActivatorUtilities.CreateInstance<IngestorClient>(
                services,
                services.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(IngestorClient))
            )
        );
        builder.Services.AddSingleton<MockMetrics>();
        builder.Services.AddSingleton<Publisher>();
        builder.Services.AddSingleton<TrafficRuns>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TrafficRuns>());
        builder.Services.AddSingleton<LiveTraffic>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveTraffic>());
        builder.Services.AddSingleton<PlatformEvents>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PlatformEvents>());
    }

    private static void Configure(IServiceProvider services, HttpClient http) =>
        http.Timeout = services.GetRequiredService<IOptions<PublishingOptions>>().Value.IngestorTimeout;

    private static Uri? Discover(IConfiguration configuration) =>
        Uri.TryCreate(configuration[IngestorService], UriKind.Absolute, out var service)
            ? new Uri(service, "/events")
            : null;
}
