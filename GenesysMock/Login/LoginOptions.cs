using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace GenesysMock.Login;

internal sealed class LoginOptions
{
    public const string Section = "Mock:Login";

    /// <summary>The OAuth clients that may log in. With none, every id may, with any secret.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<OAuthClient> Clients { get; init; } = [];

    // Not verified for the real platform, so it can be chosen: 400 or 401.
    [AllowedValues(400, 401)]
    public int InvalidClientStatus { get; init; } = 401;

    /// <summary>Tokens remembered; older ones become unknown.</summary>
    [Range(10, 1_000_000)]
    public int TokensMax { get; init; } = 10_000;
}

internal sealed class OAuthClient
{
    [Required]
    public string Id { get; init; } = "";

    [Required]
    public string Secret { get; init; } = "";

    /// <summary>A client's own lifetime of tokens; otherwise that of the limits.</summary>
    [Range(300, 172_800)]
    public int? TokenLifetimeSeconds { get; init; }
}

[OptionsValidator]
internal sealed partial class LoginOptionsValidator : IValidateOptions<LoginOptions>;
