using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Operations.Access;

/// <summary>
/// Who is at an open page. The page lives on a connection of its own, which sends no cookie again: so its login is looked at every few
/// seconds, and when it is over the page knows nobody.
/// </summary>
internal sealed class SessionState : ServerAuthenticationStateProvider, IDisposable
{
    private readonly Sessions _sessions;
    private readonly ITimer _timer;
    private ClaimsPrincipal? _user;

    public SessionState(Sessions sessions, AccessOptions options, TimeProvider time)
    {
        _sessions = sessions;
        AuthenticationStateChanged += Remember;
        _timer = time.CreateTimer(Look, null, options.RevalidateEvery, options.RevalidateEvery);
    }

    public void Dispose()
    {
        AuthenticationStateChanged -= Remember;
        _timer.Dispose();
    }

    /// <summary>Of a page that opens, its state is known at once.</summary>
    private void Remember(Task<AuthenticationState> state) =>
        _user = state.IsCompletedSuccessfully ? state.Result.User : null;

    private void Look(object? _)
    {
        if (_user is { Identity.IsAuthenticated: true } user && !_sessions.IsValid(user))
        {
            SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        }
    }
}
