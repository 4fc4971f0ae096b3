using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Provisioner.Making;

internal sealed class ProvisionerOptions
{
    public const string Section = "Provisioner";

    /// <summary>The build puts a copy of the one definition beside the program.</summary>
    [Required]
    public string Template { get; init; } = Path.Combine(AppContext.BaseDirectory, "pipeline.template.json");

    /// <summary>Values of the template's parameters, in place of their defaults.</summary>
    public Dictionary<string, string> Parameters { get; init; } = [];

    /// <summary>How long an endpoint may take to start. An emulator takes a second or two, a container longer.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan EndpointTimeout { get; init; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
internal sealed partial class ProvisionerOptionsValidator : IValidateOptions<ProvisionerOptions>;
