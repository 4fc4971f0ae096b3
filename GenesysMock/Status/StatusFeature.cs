namespace GenesysMock.Status;

internal static class StatusFeature
{
    private const string StyleSheet = "/mock/style.css";

    public static void AddStatusPage(this WebApplicationBuilder builder) => builder.Services.AddSingleton<StatusPage>();

    public static void MapStatusPage(this WebApplication app)
    {
        app.MapGet("/", WriteAsync);
        app.MapGet(StyleSheet, () => Results.Text(StatusPage.Style, "text/css"));
    }

    private static Task WriteAsync(HttpContext context, StatusPage page)
    {
        // No script at all; forms and the style sheet come from here and go here.
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Refresh"] = "5";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(page.Write(StyleSheet), context.RequestAborted);
    }
}
