using Amazon.DynamoDBv2;
using Amazon.SQS;
using GenesysApi;
using Microsoft.Extensions.Options;
using Processor.Lambda;
using Processor.Processing;
using Processor.Receiving;
using ServiceDefaults;

namespace Processor.Enrichment;

internal static class EnrichmentFeature
{
    public static void AddEnrichment(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<EnrichmentOptions>().BindConfiguration(EnrichmentOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EnrichmentOptions>, EnrichmentOptionsValidator>();
        services.AddSingleton<IValidateOptions<EnrichmentOptions>, EnrichmentTimesValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<EnrichmentOptions>>().Value);

        // A function is called for events and does not stay to gather; enrichment is a process' work.
        if (
            !builder.Configuration.GetValue($"{EnrichmentOptions.Section}:{nameof(EnrichmentOptions.Enabled)}", true)
            || !string.IsNullOrEmpty(builder.Configuration[LambdaFeature.RuntimeApi])
        )
        {
            return;
        }

        builder.AddGenesysApi();
        services.AddSingleton<ITimelineTable>(provider => new DynamoDbTimelineTable(
            provider.GetRequiredService<IAmazonDynamoDB>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>().Value.EventsTable,
            provider.GetRequiredService<Ledger>()
        ));
        services.AddSingleton<ISummaryTable>(provider => new DynamoDbSummaryTable(
            provider.GetRequiredService<IAmazonDynamoDB>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>().Value.ConversationsTable,
            provider.GetRequiredService<EnrichmentOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Ledger>()
        ));
        services.AddSingleton(CreateQueue);
        services.AddSingleton<EnrichmentMetrics>();
        services.AddSingleton<ConversationEnricher>();
        services.AddSingleton<EnrichmentWorker>();
        services.AddHostedService<EnrichmentHost>();
    }

    private static EnrichmentQueue CreateQueue(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<EnrichmentOptions>();
        var sqs = new SqsEventQueue(
            provider.GetRequiredService<IAmazonSQS>(),
            provider.GetRequiredKeyedService<IAmazonSQS>(AwsClients.Polling),
            provider.GetRequiredService<QueueUrls>().OfEnrichmentAsync,
            options.WaitTime,
            options.VisibilityTimeout,
            provider.GetRequiredService<Ledger>(),
            provider.GetRequiredService<TimeProvider>()
        );
        return new EnrichmentQueue(sqs, options, provider.GetRequiredService<TimeProvider>());
    }

    /// <summary>
    /// Lets the host start the worker. It drains from the first sign of shutdown: the host stops its services one after the other, and
    /// the time of two drains in a row is not there.
    /// </summary>
    private sealed class EnrichmentHost(EnrichmentWorker worker, IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
            worker.RunAsync(lifetime.ApplicationStopping);
    }
}
