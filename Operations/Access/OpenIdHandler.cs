using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Operations.Access;

/// <summary>
/// OpenID Connect by the framework's own OAuth handler: the authorization code flow with PKCE, state and nonce. The endpoints are
/// discovered when somebody first logs in; who it is, the userinfo endpoint says, and the id token must agree.
/// </summary>
internal sealed partial class OpenIdHandler(
    IOptionsMonitor<OAuthOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AccessOptions access
) : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    public const string SchemeName = "OpenId";

    /// <summary>Stands where an endpoint is still to be discovered.</summary>
    public const string Undiscovered = "https://undiscovered.invalid/";

    private const string NonceItem = "nonce";
    private const int ReasonCharsMax = 200;

    /// <summary>Where a login that failed ends, whoever was at fault; the provider's words go to the log and not to the page.</summary>
    public static void Tell(RemoteFailureContext context)
    {
        Refuse(
            context.HttpContext,
            context.HttpContext.RequestServices.GetRequiredService<ILogger<OpenIdHandler>>(),
            context.Failure
        );
        context.HandleResponse();
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        try
        {
            await DiscoverAsync();
        }
        catch (Exception exception)
            when (exception is HttpRequestException or OperationCanceledException or JsonException or DiscoveryException
                && !Context.RequestAborted.IsCancellationRequested
            )
        {
            Refuse(Context, Logger, exception);
            return;
        }

        await base.HandleChallengeAsync(properties);
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        properties.Items[NonceItem] = nonce;
        return QueryHelpers.AddQueryString(base.BuildChallengeUrl(properties, redirectUri), NonceItem, nonce);
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        await DiscoverAsync();
        // Providers that say who answers (RFC 9207) say it to be believed: an answer of another was not asked for.
        var issuer = Request.Query["iss"].ToString();
        return issuer.Length > 0 && issuer != Options.ClaimsIssuer
            ? HandleRequestResult.Fail("The answer is of another provider.")
            : await base.HandleRemoteAuthenticateAsync();
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

        var expected = new IdToken.Expected(
            Options.ClaimsIssuer,
            Options.ClientId,
            properties.Items.TryGetValue(NonceItem, out var nonce) ? nonce : null,
            Text(user.RootElement, "sub")
        );
        var idToken = tokens.Response is { } answer ? Text(answer.RootElement, "id_token") : null;
        if (IdToken.FaultOf(idToken, expected, TimeProvider.GetUtcNow()) is { } fault)
        {
            throw new AuthenticationFailureException($"Refused: {fault}.");
        }

        var name =
            Text(user.RootElement, "email")
            ?? Text(user.RootElement, "preferred_username")
            ?? Text(user.RootElement, "sub");
        var role =
            access.OpenId.RoleOf(Values(user.RootElement, access.OpenId.RoleClaim))
            ?? throw new AuthenticationFailureException("Refused: whoever it is has no role here.");
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
        var issuer = Required(document, "issuer");
        if (issuer.TrimEnd('/') != authority)
        {
            throw new DiscoveryException("The OpenID configuration is that of another issuer.");
        }

        Options.ClaimsIssuer = issuer;
        Options.TokenEndpoint = Endpoint(document, "token_endpoint");
        Options.UserInformationEndpoint = Endpoint(document, "userinfo_endpoint");
        // The last: whoever sees it set finds the others set.
        Options.AuthorizationEndpoint = Endpoint(document, "authorization_endpoint");
    }

    private static void Refuse(HttpContext context, ILogger logger, Exception? failure)
    {
        var reason = (failure?.Message ?? "no reason was given").TrimEnd('.');
        Log.Failed(logger, reason.Length > ReasonCharsMax ? reason[..ReasonCharsMax] : reason);
        context.Response.Redirect(LoginEndpoints.Failed);
    }

    /// <summary>Secrets go there: in the clear only to this machine.</summary>
    private static string Endpoint(JsonDocument document, string name) =>
        Required(document, name) is var text
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback)
            ? text
            : throw new DiscoveryException($"The OpenID configuration's {name} is no https URL.");

    private static string Required(JsonDocument document, string name) =>
        Text(document.RootElement, name) ?? throw new DiscoveryException($"The OpenID configuration has no {name}.");

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

    private sealed class DiscoveryException(string message) : Exception(message);

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 560,
            Level = LogLevel.Warning,
            Message = "A login by OpenID Connect failed: {Reason}."
        )]
        public static partial void Failed(ILogger logger, string reason);
    }
}
