using Amazon.Runtime;
using Microsoft.Extensions.Options;

namespace Ingestor.PutEvents;

internal static class PutEventsFeature
{
    public static void AddPutEvents(this IHostApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<PutEventsOptions>()
            .BindConfiguration(PutEventsOptions.Section)
            .PostConfigure(UseRegionOfTheClients)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PutEventsOptions>, PutEventsOptionsValidator>();
        builder.Services.AddSingleton<PutEventsOperation>();
        builder.Services.AddSingleton<EventBridgeProtocol>();
    }

    public static void MapPutEvents(this WebApplication app)
    {
        var protocol = new Lazy<EventBridgeProtocol>(app.Services.GetRequiredService<EventBridgeProtocol>);
        app.MapPost("/", context => protocol.Value.HandleAsync(context));
    }

    private static void UseRegionOfTheClients(PutEventsOptions options)
    {
        if (options.Region.Length == 0)
        {
            options.Region = FallbackRegionFactory.GetRegionEndpoint()?.SystemName ?? "";
        }
    }
}
