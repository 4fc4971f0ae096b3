using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace Operations.Access;

/// <summary>
/// OpenID Connect by the framework's own OAuth handler: the authorization code flow with PKCE and state. The endpoints are discovered when
/// somebody first logs in; who it is, the userinfo endpoint says, over TLS and to the access token just issued.
/// </summary>
internal sealed class OpenIdHandler(
    IOptionsMonitor<OAuthOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AccessOptions access
) : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    public const string SchemeName = "OpenId";

    /// <summary>Stands where an endpoint is still to be discovered.</summary>
    public const string Undiscovered = "https://undiscovered.invalid/";

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await DiscoverAsync();
        await base.HandleChallengeAsync(properties);
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        await DiscoverAsync();
        return await base.HandleRemoteAuthenticateAsync();
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(
        ClaimsIdentity identity,
        AuthenticationProperties properties,
        OAuthTokenResponse tokens
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Options.UserInformationEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        using var response = await Backchannel.SendAsync(request, Context.RequestAborted);
        response.EnsureSuccessStatusCode();
        using var user = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Context.RequestAborted));

        var name =
            Text(user.RootElement, "email")
            ?? Text(user.RootElement, "preferred_username")
            ?? Text(user.RootElement, "sub");
        var role = Values(user.RootElement, access.OpenId.RoleClaim).Contains(access.OpenId.OperatorRole)
            ? Roles.Operator
            : Roles.Reader;
        var principal = new ClaimsPrincipal(Tokens.Identity(name ?? "somebody", role, Scheme.Name));
        return new AuthenticationTicket(principal, properties, Scheme.Name);
    }

    private async Task DiscoverAsync()
    {
        if (Options.AuthorizationEndpoint != Undiscovered)
        {
            return;
        }

        var authority = access.OpenId.Authority!.ToString().TrimEnd('/');
        using var document = JsonDocument.Parse(
            await Backchannel.GetStringAsync($"{authority}/.well-known/openid-configuration", Context.RequestAborted)
        );
        Options.TokenEndpoint = Required(document, "token_endpoint");
        Options.UserInformationEndpoint = Required(document, "userinfo_endpoint");
        Options.AuthorizationEndpoint = Required(document, "authorization_endpoint");
    }

    private static string Required(JsonDocument document, string name) =>
        Text(document.RootElement, name)
        ?? throw new InvalidOperationException($"The OpenID configuration has no {name}.");

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static IEnumerable<string?> Values(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array
            ? value
                .EnumerateArray()
                .Where(item => item.ValueKind == JsonValueKind.String)
                .Select(item => item.GetString())
        : [value.ToString()];
}
