using Amazon.DynamoDBv2;
using Microsoft.Extensions.Options;
using Operations.Tables;
using ServiceDefaults;

namespace Operations.DeadLetters;

internal static class DeadLettersFeature
{
    public static void AddDeadLetters(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<DeadLetterOptions, DeadLetterOptionsValidator>(DeadLetterOptions.Section);
        var services = builder.Services;
        services.AddSingleton<QueueUrls>();
        services.AddSingleton<ItemsByKey>();
        services.AddSingleton(provider => new LetterStore(
            provider.GetRequiredService<IAmazonDynamoDB>(),
            provider.GetRequiredService<ItemsByKey>(),
            provider.GetRequiredService<IOptions<PipelineOptions>>().Value.DeadLettersTable
        ));
        services.AddSingleton<LetterIndex>();
        services.AddSingleton<LetterSender>();
        services.AddSingleton<LetterWriter>();
        services.AddSingleton<LetterTaking>();
        services.AddSingleton<DeadLetterDesk>();
        builder.AddSettings<TraceOptions, TraceOptionsValidator>(TraceOptions.Section);
        services.AddSingleton<TraceLinks>();
    }

    /// <summary>A server has all letters in mind all the time; a command when it needs them.</summary>
    public static void AddLetterIndexLoop(this IHostApplicationBuilder builder) =>
        builder.Services.AddHostedService<LetterIndexLoop>();
}
