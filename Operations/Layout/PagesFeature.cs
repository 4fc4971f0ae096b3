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
        app.MapLogin();
        app.MapTheme();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization();
    }
}
