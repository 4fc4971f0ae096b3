using Microsoft.AspNetCore.Mvc;
using Operations.Access;

namespace Operations.Layout;

/// <summary>Remembers the choice between dark and light; without one, the system's counts.</summary>
internal static class ThemeEndpoint
{
    public const string CookieName = "theme";

    public static void MapTheme(this WebApplication app) =>
        app.MapPost(
                "/theme",
                (HttpContext context, [FromForm] string? to, [FromForm] string? back) =>
                {
                    context.Response.Cookies.Append(
                        CookieName,
                        to == "dark" ? "dark" : "light",
                        new CookieOptions
                        {
                            HttpOnly = true,
                            SameSite = SameSiteMode.Strict,
                            MaxAge = TimeSpan.FromDays(365),
                        }
                    );
                    return TypedResults.LocalRedirect(LocalPath.OrRoot(back));
                }
            )
            .ExcludeFromDescription();
}
