using Amazon.DynamoDBv2;
using Microsoft.Extensions.Options;
using Processor.Processing;
using ServiceDefaults;

namespace Processor.Recording;

internal static class RecordingFeature
{
    public static void AddRecording(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RecordingOptions>().BindConfiguration(RecordingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RecordingOptions>, RecordingOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<RecordingOptions>>().Value);

        services.AddSingleton<IEventTable>(provider => new DynamoDbEventTable(
            provider.GetRequiredService<IAmazonDynamoDB>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>().Value.EventsTable,
            provider.GetRequiredService<Ledger>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<TableBackoff>();
        services.AddSingleton<RecordingMetrics>();
        services.AddSingleton<DuplicateCounts>();
        services.AddHostedService(provider => new DuplicateWriter(
            provider.GetRequiredService<DuplicateCounts>(),
            provider.GetRequiredService<IAmazonDynamoDB>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>().Value.AttemptsTable,
            provider.GetRequiredService<RecordingOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Ledger>()
        ));
        services.AddSingleton<EventRecorder>();
    }
}
