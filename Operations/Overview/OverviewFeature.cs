namespace Operations.Overview;

internal static class OverviewFeature
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(1);

    public static void AddOverview(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<OverviewOptions, OverviewOptionsValidator>(OverviewOptions.Section);
        builder.Services.AddHttpClient(ServiceMetrics.ClientName, http => http.Timeout = AnswerWithin);
        builder.Services.AddSingleton<ServiceMetrics>();
        builder.Services.AddSingleton<LiveNumbers>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LiveNumbers>());
    }
}
