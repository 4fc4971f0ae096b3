namespace Operations.Access;

/// <summary>What a browser may do with our pages. Scripts come from here and from no page; styles of charts and grids stand in the page.</summary>
internal static class SecurityHeaders
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";

    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
                {
                    // Bodies, some of them as they are: no cache keeps them, on the way or in a browser.
                    headers.CacheControl = "no-store";
                }

                return next(context);
            }
        );
}
