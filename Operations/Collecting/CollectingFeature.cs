namespace Operations.Collecting;

internal static class CollectingFeature
{
    public static void AddCollecting(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<CollectingOptions, CollectingOptionsValidator>(CollectingOptions.Section);
        builder.Services.AddSingleton<CollectingMetrics>();
        builder.Services.AddSingleton<DeadLetterCollector>();
    }

    /// <summary>A server collects all the time; a command only when it is told to.</summary>
    public static void AddCollectingLoop(this IHostApplicationBuilder builder) =>
        builder.Services.AddHostedService<CollectingLoop>();
}
