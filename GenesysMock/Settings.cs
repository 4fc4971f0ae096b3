using Microsoft.Extensions.Options;

namespace GenesysMock;

/// <summary>Settings that are wrong are named when the mock starts, misspelled ones too, and never with a stack trace.</summary>
internal static class Settings
{
    /// <param name="section">Where they are.</param>
    /// <param name="shared">Whether others read settings from the same section, so that an unknown name may be theirs.</param>
    public static OptionsBuilder<TOptions> AddSettings<TOptions, TValidator>(
        this WebApplicationBuilder builder,
        string section,
        bool shared = false
    )
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions> =>
        builder
            .Services.AddOptionsWithValidateOnStart<TOptions, TValidator>()
            .Configure<IConfiguration>((options, configuration) => Bind(options, configuration, section, shared));

    private static void Bind<TOptions>(TOptions options, IConfiguration configuration, string section, bool shared)
        where TOptions : class
    {
        try
        {
            var settings = section.Length > 0 ? configuration.GetSection(section) : configuration;
            settings.Bind(options, binder => binder.ErrorOnUnknownConfiguration = !shared);
        }
        catch (InvalidOperationException exception)
        {
            throw new OptionsValidationException(section, typeof(TOptions), [$"{section}: {exception.Message}"]);
        }
    }
}
