using GenesysMock.Login;
using Microsoft.Extensions.Options;

namespace GenesysMock.Ports;

/// <summary>
/// The platform logs in at one host and answers at another. Here they are two ports, and each knows nothing of the other's
/// paths. Without a login port of its own, both are served on the same.
/// </summary>
internal sealed class HostSplit(RequestDelegate next, IOptions<PortsOptions> options)
{
    private static readonly PathString[] OfBothHosts = ["/health", "/alive"];

    public Task InvokeAsync(HttpContext context)
    {
        if (options.Value.LoginPort is not { } loginPort || BelongsHere(context, loginPort))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static bool BelongsHere(HttpContext context, int loginPort)
    {
        var isLogin = context.Request.Path == TokenEndpoint.Path;
        var isLoginHost = context.Connection.LocalPort == loginPort;
        return isLogin == isLoginHost || OfBothHosts.Contains(context.Request.Path);
    }
}
