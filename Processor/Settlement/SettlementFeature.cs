using Amazon.DynamoDBv2;
using Microsoft.Extensions.Options;
using Processor.Processing;
using ServiceDefaults;

namespace Processor.Settlement;

internal static class SettlementFeature
{
    public static void AddSettlement(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SettlementOptions>().BindConfiguration(SettlementOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SettlementOptions>, SettlementOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SettlementOptions>>().Value);

        services.AddSingleton<IDeadLetterQueue, SqsDeadLetterQueue>();
        services.AddSingleton<IAttemptStore>(provider => new DynamoDbAttemptStore(
            provider.GetRequiredService<IAmazonDynamoDB>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>().Value.AttemptsTable,
            provider.GetRequiredService<SettlementOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Ledger>()
        ));
        services.AddSingleton<SettlementMetrics>();
        services.AddSingleton<DeleteBuffer>();
        services.AddSingleton<HideBuffer>();
        services.AddSingleton<ISettlement, QueueSettlement>();
    }
}
