using Microsoft.Extensions.Options;

namespace Processor.Announcing;

internal static class AnnouncingFeature
{
    public static void AddAnnouncing(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AnnouncingOptions>().BindConfiguration(AnnouncingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AnnouncingOptions>, AnnouncingOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<AnnouncingOptions>>().Value);

        services.AddSingleton<IEnrichmentRequests, SqsEnrichmentRequests>();
        services.AddSingleton<AnnouncingMetrics>();
        services.AddSingleton<ConversationAnnouncer>();
    }
}
