using Microsoft.Extensions.Options;

namespace Ingestor.Sending;

internal static class SendingFeature
{
    public static void AddSending(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<SendingOptions>().BindConfiguration(SendingOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SendingOptions>, SendingOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<SendingOptions>, SendingTimesValidator>();

        builder.Services.AddSingleton<IngestMetrics>();
        builder.Services.AddSingleton<Crowd>();
        builder.Services.AddSingleton<PendingEvents>();
        builder.Services.AddSingleton<BatchGatherer>();
        builder.Services.AddSingleton<IEventQueue, SqsEventQueue>();
        builder.Services.AddSingleton<EventForwarder>();
        builder.Services.AddHostedService<EventSender>();
        builder.Services.AddHealthChecks().AddCheck<QueueCheck>("queue");
    }
}
