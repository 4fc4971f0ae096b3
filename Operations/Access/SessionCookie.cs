using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Operations.Access;

/// <summary>Puts a session's claims into the cookie at login, and asks for them with every request.</summary>
internal sealed class SessionCookie(Sessions sessions) : CookieAuthenticationEvents
{
    public override Task SigningIn(CookieSigningInContext context)
    {
        context.Principal = sessions.Begin((ClaimsIdentity)context.Principal!.Identity!);
        return Task.CompletedTask;
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (!sessions.IsValid(context.Principal))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
        }
    }

    public override Task SigningOut(CookieSigningOutContext context)
    {
        sessions.End(context.HttpContext.User);
        return Task.CompletedTask;
    }
}
