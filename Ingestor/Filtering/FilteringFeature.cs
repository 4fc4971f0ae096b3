using Microsoft.Extensions.Options;

namespace Ingestor.Filtering;

internal static class FilteringFeature
{
    public static void AddFiltering(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<FilteringOptions>().BindConfiguration(FilteringOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<FilteringOptions>, FilteringOptionsValidator>();
        builder.Services.AddSingleton<Rules>();
    }
}
