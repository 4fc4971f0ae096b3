using System.ComponentModel.DataAnnotations;
using GenesysApi.Tokens;
using Microsoft.Extensions.Options;

namespace Operations.Access;

/// <summary>Who may come in.</summary>
internal sealed class AccessOptions
{
    public const string Section = "Operations";

    /// <summary>
    /// Lets its bearer look and act. Without one and without a provider, a new one is made at each start and printed with the link.
    /// </summary>
    public Secret? Token { get; init; }

    /// <summary>Lets its bearer look, and nothing more.</summary>
    public Secret? ReadOnlyToken { get; init; }

    /// <summary>How long a login lasts whose cookie is not sent: a shift. An open page sends none, and lasts until <see cref="SessionMax"/>.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "7.00:00:00")]
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(10);

    /// <summary>How long a login lasts however much it is used; then people log in anew, and with OpenID Connect their role is asked for anew.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan SessionMax { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often an open page looks whether its login is over: for so long it may still be used after that.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan RevalidateEvery { get; init; } = TimeSpan.FromSeconds(20);

    [ValidateObjectMembers]
    public OpenIdOptions OpenId { get; init; } = new();
}

/// <summary>Login by OpenID Connect. Off unless an authority is named.</summary>
internal sealed class OpenIdOptions
{
    /// <summary>Where <c>/.well-known/openid-configuration</c> is found.</summary>
    public Uri? Authority { get; init; }

    [StringLength(200)]
    public string ClientId { get; init; } = "";

    public Secret? ClientSecret { get; init; }

    /// <summary>Asked for beside <c>openid</c> and <c>profile</c>.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The claim that says who may act.</summary>
    [Required, StringLength(200)]
    public string RoleClaim { get; init; } = "roles";

    /// <summary>Its value for those who may act.</summary>
    [Required, StringLength(200)]
    public string OperatorRole { get; init; } = "operator";

    /// <summary>Its value for those who may look; who has neither is refused. Unset, everybody may whom the provider lets in.</summary>
    [StringLength(200)]
    public string? ReaderRole { get; init; }

    /// <param name="values">Of the claim that says who may do what.</param>
    /// <returns>Null for those who may not even look.</returns>
    public string? RoleOf(IEnumerable<string?> values)
    {
        var roles = values.ToHashSet(StringComparer.Ordinal);
        return roles.Contains(OperatorRole) ? Roles.Operator
            : ReaderRole is not { Length: > 0 } reader || roles.Contains(reader) ? Roles.Reader
            : null;
    }
}

[OptionsValidator]
internal sealed partial class AccessOptionsValidator : IValidateOptions<AccessOptions>;

/// <summary>What two settings say together.</summary>
internal sealed class AccessRulesValidator : IValidateOptions<AccessOptions>
{
    /// <summary>128 bits in hexadecimal have 32; fewer than 16 characters can be guessed.</summary>
    private const int TokenCharsMin = 16;

    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach (var (setting, token) in new[] { ("Token", options.Token), ("ReadOnlyToken", options.ReadOnlyToken) })
        {
            if (token is not null && token.Reveal().Length < TokenCharsMin)
            {
                result.AddError($"Operations:{setting} must have at least {TokenCharsMin} characters.");
            }
        }

        if (options.Token is not null && options.Token.Reveal() == options.ReadOnlyToken?.Reveal())
        {
            result.AddError("Operations:Token and Operations:ReadOnlyToken must differ.");
        }

        if (options.SessionLength > options.SessionMax)
        {
            result.AddError(
                $"Operations:SessionLength ({options.SessionLength}) must be at most Operations:SessionMax ({options.SessionMax})."
            );
        }

        if (options.OpenId.Authority is { } authority)
        {
            if (!authority.IsAbsoluteUri || (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback))
            {
                result.AddError("Operations:OpenId:Authority must be an https URL.");
            }

            if (options.OpenId.ClientId.Length == 0)
            {
                result.AddError("Operations:OpenId:ClientId must be set where Operations:OpenId:Authority is.");
            }
        }

        return result.Build();
    }
}
