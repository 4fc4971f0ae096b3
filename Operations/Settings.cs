using Microsoft.Extensions.Options;

namespace Operations;

internal static class Settings
{
    /// <summary>Options of a section, validated when the process starts and injected as they are.</summary>
    public static void AddSettings<TOptions, TValidator>(this IHostApplicationBuilder builder, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        builder.Services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
        builder.Services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
    }
}
