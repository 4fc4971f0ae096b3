using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    /// <summary>A parameter whose value is configuration's.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        bool secret = false
    ) => builder.Add(name, () => Configured(builder.Configuration, name) ?? throw Missing(name), secret);

    /// <summary>A parameter whose value is this; configuration is not asked.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        string value,
        bool publishValueAsDefault = false,
        bool secret = false
    ) => builder.Add(name, () => value, secret);

    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<string> valueGetter,
        bool publishValueAsDefault = false,
        bool secret = false
    ) => builder.Add(name, valueGetter, secret);

    private static IResourceBuilder<ParameterResource> Add(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<string> value,
        bool secret
    ) => builder.AddResource(new ParameterResource(name, value, secret));

    /// <summary>A name with hyphens may be written with underscores: shells allow no others in a variable.</summary>
    private static string? Configured(ConfigurationManager configuration, string name) =>
        configuration[$"Parameters:{name}"] ?? configuration[$"Parameters:{Underscored(name)}"];

    private static MissingParameterValueException Missing(string name) =>
        new(
            $"Parameter '{name}' has no value. Give it one: --Parameters:{name}=<value> on the command line, "
                + $"or the environment variable Parameters__{Underscored(name)}."
        );

    private static string Underscored(string name) => name.Replace('-', '_');
}
