using Amazon.DynamoDBv2;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace Operations.Redriving;

internal static class RedrivingFeature
{
    public static void AddRedriving(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<RedrivingOptions, RedrivingOptionsValidator>(RedrivingOptions.Section);
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<RedrivingOptions>, RedrivingRulesValidator>();
        services.AddSingleton(provider => new RedriveStore(
            provider.GetRequiredService<IAmazonDynamoDB>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>().Value.OperationsTable,
            provider.GetRequiredService<RedrivingOptions>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<LetterRedriver>();
        services.AddSingleton<ApiShare>();
        services.AddSingleton<EventFates>();
        services.AddSingleton<RecoveryWatch>();
        services.AddSingleton<RedriveRunner>();
        services.AddSingleton<RedriveAftermath>();
        services.AddSingleton<RedriveDesk>();
    }

    /// <summary>A server works on all redrives; a command on the one it ordered.</summary>
    public static void AddRedriveLoop(this IHostApplicationBuilder builder) =>
        builder.Services.AddHostedService<RedriveLoop>();
}
