using Amazon.SQS;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Processor.Receiving;

internal static class ReceivingFeature
{
    public static void AddReceiving(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ReceivingOptions>().BindConfiguration(ReceivingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ReceivingOptions>, ReceivingOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ReceivingOptions>>().Value);

        services.AddSingleton<QueueUrls>();
        services.AddSingleton<IEventQueue>(provider => new SqsEventQueue(
            provider.GetRequiredService<IAmazonSQS>(),
            provider.GetRequiredKeyedService<IAmazonSQS>(AwsClients.Polling),
            provider.GetRequiredService<QueueUrls>().OfEventsAsync,
            provider.GetRequiredService<ReceivingOptions>().WaitTime,
            provider.GetRequiredService<ReceivingOptions>().VisibilityTimeout,
            provider.GetRequiredService<Processing.Ledger>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(provider => new Slots(provider.GetRequiredService<ReceivingOptions>().Slots));
        services.AddSingleton<InFlight>();
        services.AddSingleton<ReceivingMetrics>();
        services.AddSingleton<Heartbeat>();
        services.AddTransient<Poller>();
        services.AddSingleton<Func<Poller>>(provider => provider.GetRequiredService<Poller>);
    }
}
