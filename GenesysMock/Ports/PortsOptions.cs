using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace GenesysMock.Ports;

internal sealed class PortsOptions
{
    public const string LoginPortKey = "LOGIN_PORT";

    /// <summary>The port of the login host. Without one, login is served where the API is.</summary>
    [ConfigurationKeyName(LoginPortKey)]
    [Range(1, ushort.MaxValue)]
    public int? LoginPort { get; init; }
}

[OptionsValidator]
internal sealed partial class PortsOptionsValidator : IValidateOptions<PortsOptions>;
