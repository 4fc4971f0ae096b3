using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Operations.Access;

internal static class AccessFeature
{
    private static readonly string[] Scopes = ["openid", "profile", "email"];

    public static void AddAccess(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<AccessOptions, AccessOptionsValidator>(AccessOptions.Section);
        // A request without a token is answered with 401; a line for each is what a scanner wants to see.
        builder.Logging.AddFilter("Operations.Access", LogLevel.Warning);
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessRulesValidator>();
        services.AddSingleton<Tokens>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SessionCookie>();
        services.AddAntiforgery(options => options.Cookie.SameSite = SameSiteMode.Strict);
        services.AddCascadingAuthenticationState();

        services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie()
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null)
            .AddOAuth<OAuthOptions, OpenIdHandler>(OpenIdHandler.SchemeName, null!, _ => { });
        services
            .AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<AccessOptions>(Cookie);
        services.AddOptions<OAuthOptions>(OpenIdHandler.SchemeName).Configure<AccessOptions>(OpenId);

        services
            .AddAuthorizationBuilder()
            .AddPolicy(
                Roles.MayAct,
                policy => policy.AddAuthenticationSchemes(BearerHandler.SchemeName).RequireRole(Roles.Operator)
            )
            .AddPolicy(
                Roles.Api,
                policy => policy.AddAuthenticationSchemes(BearerHandler.SchemeName).RequireAuthenticatedUser()
            )
            .AddPolicy(
                Roles.MayLook,
                policy =>
                    policy
                        .AddAuthenticationSchemes(
                            CookieAuthenticationDefaults.AuthenticationScheme,
                            BearerHandler.SchemeName
                        )
                        .RequireAuthenticatedUser()
            )
            .AddPolicy(
                Roles.MayTake,
                policy =>
                    policy
                        .AddAuthenticationSchemes(
                            CookieAuthenticationDefaults.AuthenticationScheme,
                            BearerHandler.SchemeName
                        )
                        .RequireRole(Roles.Operator)
            );
    }

    public static void UseAccess(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.Lifetime.ApplicationStarted.Register(() => TellWhoStartedUs(app));
    }

    private static void Cookie(CookieAuthenticationOptions cookie, AccessOptions options)
    {
        cookie.LoginPath = LoginEndpoints.Path;
        cookie.AccessDeniedPath = LoginEndpoints.Path;
        cookie.ExpireTimeSpan = options.SessionLength;
        cookie.SlidingExpiration = true;
        cookie.EventsType = typeof(SessionCookie);
        cookie.Cookie.Name = "operations";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
    }

    private static void OpenId(OAuthOptions oauth, AccessOptions options)
    {
        oauth.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        oauth.ClientId = options.OpenId.ClientId is { Length: > 0 } id ? id : "unset";
        oauth.ClientSecret = options.OpenId.ClientSecret?.Reveal() ?? "unset";
        oauth.CallbackPath = "/login/openid/callback";
        oauth.AuthorizationEndpoint = OpenIdHandler.Undiscovered;
        oauth.TokenEndpoint = OpenIdHandler.Undiscovered;
        oauth.UserInformationEndpoint = OpenIdHandler.Undiscovered;
        oauth.UsePkce = true;
        // The provider comes back by a link, which Lax lets through; None would need TLS, and some run without on a laptop.
        oauth.CorrelationCookie.SameSite = SameSiteMode.Lax;
        oauth.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oauth.Events.OnRemoteFailure = context =>
        {
            OpenIdHandler.Tell(context);
            return Task.CompletedTask;
        };
        foreach (var scope in Scopes.Concat(options.OpenId.Scopes))
        {
            oauth.Scope.Add(scope);
        }
    }

    /// <summary>On the console and nowhere else: a log is read by more people than the console of the one who started it.</summary>
    private static void TellWhoStartedUs(WebApplication app)
    {
        var tokens = app.Services.GetRequiredService<Tokens>();
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()
            ?.Addresses.FirstOrDefault();
        if (address is not null)
        {
            var token = tokens.Made is { } made ? $"?t={made.Reveal()}" : "";
            Console.WriteLine($"Operations: {address}{LoginEndpoints.Path}{token}");
        }
    }
}
