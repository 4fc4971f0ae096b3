using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Operations.Access;
using Radzen;

namespace Operations.Layout;

internal static class PagesFeature
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        // Also for a build that is run as it is, in any environment; a published one has its files beside it.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        // After the framework's own, and so instead of it.
        builder.Services.AddScoped<AuthenticationStateProvider, SessionState>();
        builder.Services.AddScoped<Trouble>();
        builder.Services.AddRadzenComponents();
        // An edited body of 1 MiB comes from the browser in one message.
        builder.Services.Configure<Microsoft.AspNetCore.SignalR.HubOptions>(hub =>
            hub.MaximumReceiveMessageSize = 4 * 1024 * 1024
        );
        builder.Services.Configure<CircuitOptions>(circuits => circuits.DisconnectedCircuitMaxRetained = 20);
    }

    public static void MapPages(this WebApplication app)
    {
        app.Use(EndWithTheProcessAsync);
        app.MapLogin();
        app.MapTheme();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
    }

    /// <summary>
    /// A page whose connection ends asks for another at once. While the process stops it must not have one: it would keep the process
    /// until its time is over, and SIGKILL.
    /// </summary>
    private static Task EndWithTheProcessAsync(HttpContext context, RequestDelegate next)
    {
        var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        if (lifetime.ApplicationStopping.IsCancellationRequested && context.Request.Path.StartsWithSegments("/_blazor"))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        return next(context);
    }
}
