using Amazon.DynamoDBv2;
using GenesysApi;
using GenesysApi.Budget;
using Microsoft.Extensions.Options;
using Processor.Processing;
using ServiceDefaults;

namespace Processor.Effects;

internal static class EffectsFeature
{
    public static void AddEffects(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<EffectsOptions>().BindConfiguration(EffectsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EffectsOptions>, EffectsOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<EffectsOptions>>().Value);

        services.AddSingleton<IClaimStore>(provider => new DynamoDbClaimStore(
            provider.GetRequiredService<IAmazonDynamoDB>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>().Value.ClaimsTable,
            provider.GetRequiredService<EffectsOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Ledger>()
        ));
        services.AddSingleton<EffectMetrics>();
        services.AddSingleton<GuardedEffect>();
        services.AddSingleton<EffectWorkers>();

        if (
            builder.Configuration.GetValue<bool>(
                $"{EffectsOptions.Section}:{nameof(EffectsOptions.AttributeWriteBack)}:Enabled"
            )
        )
        {
            builder.AddAttributeWriteBack();
        }
    }

    private static void AddAttributeWriteBack(this IHostApplicationBuilder builder)
    {
        builder.AddGenesysApi();
        builder.Services.AddSingleton<IEffectHandler>(provider => new AttributeWriteBack(
            provider.GetRequiredService<IGenesysApi>(),
            provider.GetRequiredService<ApiBudget>(),
            provider.GetRequiredService<EffectsOptions>().AttributeWriteBack,
            provider.GetRequiredService<TimeProvider>()
        ));
    }
}
