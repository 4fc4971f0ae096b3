using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Operations.Access;

/// <summary>In with a token or by OpenID Connect, and out again.</summary>
internal static class LoginEndpoints
{
    public const string Path = "/login";

    /// <summary>Where a login at a provider ends that came to nothing.</summary>
    public const string Failed = $"{Path}?failed=true";

    private const string Refused = $"{Path}?refused=true";

    public static void MapLogin(this WebApplication app)
    {
        app.MapPost(Path, PostAsync).ExcludeFromDescription();
        app.MapPost("/logout", OutAsync).ExcludeFromDescription();
        if (app.Services.GetRequiredService<AccessOptions>().OpenId.Authority is null)
        {
            return;
        }

        app.MapGet(
                $"{Path}/openid",
                () => TypedResults.Challenge(new() { RedirectUri = "/" }, [OpenIdHandler.SchemeName])
            )
            .ExcludeFromDescription();
    }

    private static Task<RedirectHttpResult> PostAsync(
        HttpContext context,
        Tokens tokens,
        [FromForm] string? token,
        [FromForm] string? returnUrl
    ) => EnterAsync(context, tokens, token, returnUrl);

    private static async Task<RedirectHttpResult> EnterAsync(
        HttpContext context,
        Tokens tokens,
        string? token,
        string? returnUrl
    )
    {
        return TypedResults.LocalRedirect(
            await TryEnterAsync(context, tokens, token) ? LocalPath.OrRoot(returnUrl) : Refused
        );
    }

    /// <summary>Also for the link that is printed at start, by which the token comes with the page's own address.</summary>
    public static async Task<bool> TryEnterAsync(HttpContext context, Tokens tokens, string? token)
    {
        if (tokens.Identify(token, CookieAuthenticationDefaults.AuthenticationScheme) is not { } identity)
        {
            return false;
        }

        await context.SignInAsync(new ClaimsPrincipal(identity));
        return true;
    }

    private static async Task<RedirectHttpResult> OutAsync(HttpContext context, [FromForm] string? _)
    {
        await context.SignOutAsync();
        return TypedResults.LocalRedirect(Path);
    }
}
