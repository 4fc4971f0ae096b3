using System.Security.Claims;
using GenesysApi.Tokens;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Operations.Access;
using Testing;

namespace Operations.Tests.Access;

public sealed class SessionTests
{
    private const string Token = "an-operator-token";
    private const string ReaderToken = "a-reader-token-here";

    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(Token)]
    [InlineData(ReaderToken)]
    public void A_login_is_valid_until_it_is_as_old_as_it_may_become(string token)
    {
        var sessions = SessionsWith(Settings());
        var user = LogIn(sessions, token);

        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var before = sessions.IsValid(user);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((true, false), (before, sessions.IsValid(user)));
    }

    [Fact]
    public void A_token_that_was_replaced_ends_its_logins_and_no_others()
    {
        var before = SessionsWith(Settings());
        var (user, reader) = (LogIn(before, Token), LogIn(before, ReaderToken));

        var after = SessionsWith(Settings("another-operator-token"));

        Assert.Equal((false, true), (after.IsValid(user), after.IsValid(reader)));
    }

    [Fact]
    public void A_token_that_nobody_has_any_more_ends_its_logins()
    {
        var reader = LogIn(SessionsWith(Settings()), ReaderToken);

        Assert.False(SessionsWith(new AccessOptions { Token = new Secret(Token) }).IsValid(reader));
    }

    [Fact]
    public void A_provider_that_is_asked_in_another_way_ends_the_logins_it_gave()
    {
        var user = SessionsWith(Settings()).Begin(Tokens.Identity("jane", Roles.Operator, OpenIdHandler.SchemeName));

        var same = SessionsWith(Settings("another-operator-token"));
        var changed = SessionsWith(new AccessOptions { OpenId = new() { OperatorRole = "another" } });

        Assert.Equal((true, false), (same.IsValid(user), changed.IsValid(user)));
    }

    [Fact]
    public void Whoever_logs_out_is_out_wherever_that_login_is_used()
    {
        var sessions = SessionsWith(Settings());
        var (user, another) = (LogIn(sessions, Token), LogIn(sessions, Token));

        sessions.End(user);

        Assert.Equal((false, true), (sessions.IsValid(user), sessions.IsValid(another)));
    }

    [Fact]
    public void Who_was_given_no_session_has_none()
    {
        var sessions = SessionsWith(Settings());

        Assert.False(sessions.IsValid(null));
        Assert.False(sessions.IsValid(new ClaimsPrincipal(new ClaimsIdentity())));
        Assert.False(sessions.IsValid(new ClaimsPrincipal(Tokens.Identity("x", Roles.Operator, "Cookies"))));
    }

    [Fact]
    public void A_login_carries_nothing_of_its_token()
    {
        var tokens = new Tokens(Settings());
        var user = LogIn(SessionsWith(Settings()), Token);
        var digest = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Token))
        );

        Assert.DoesNotContain(user.Claims, claim => claim.Value.Contains(Token, StringComparison.Ordinal));
        Assert.DoesNotContain(user.Claims, claim => claim.Value.Contains(digest, StringComparison.Ordinal));
        Assert.NotEqual(tokens.MarkOf(Roles.Operator), tokens.MarkOf(Roles.Reader));
    }

    [Fact]
    public async Task An_open_page_loses_its_role_when_its_login_is_over()
    {
        var options = Settings();
        var sessions = new Sessions(new Tokens(options), options, _time);
        using var state = new SessionState(sessions, options, _time);
        var user = LogIn(sessions, Token);
        state.SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        var told = 0;
        state.AuthenticationStateChanged += _ => told++;

        _time.Advance(options.RevalidateEvery);
        var before = (await state.GetAuthenticationStateAsync()).User;
        sessions.End(user);
        _time.Advance(options.RevalidateEvery);
        var after = (await state.GetAuthenticationStateAsync()).User;

        Assert.Equal((true, false), (Actor.Of(before).MayAct, Actor.Of(after).MayAct));
        Assert.False(after.Identity!.IsAuthenticated);
        Assert.Equal(1, told);
    }

    [Fact]
    public async Task An_open_page_that_sends_no_cookie_keeps_its_role_until_its_login_is_as_old_as_it_may_become()
    {
        var options = Settings();
        var sessions = new Sessions(new Tokens(options), options, _time);
        using var state = new SessionState(sessions, options, _time);
        state.SetAuthenticationState(Task.FromResult(new AuthenticationState(LogIn(sessions, Token))));

        _time.Advance(options.SessionLength + options.RevalidateEvery);
        var unused = (await state.GetAuthenticationStateAsync()).User;
        _time.Advance(options.SessionMax - options.SessionLength);
        var old = (await state.GetAuthenticationStateAsync()).User;

        Assert.Equal((true, false), (Actor.Of(unused).MayAct, Actor.Of(old).MayAct));
    }

    [Fact]
    public void A_page_that_is_closed_looks_no_more()
    {
        var options = Settings();
        using (new SessionState(new Sessions(new Tokens(options), options, _time), options, _time))
        {
            Assert.Equal(1, _time.ActiveTimers);
        }

        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public void A_login_that_slides_on_for_longer_than_it_may_last_is_refused_as_a_setting()
    {
        var options = new AccessOptions { SessionLength = TimeSpan.FromHours(30), SessionMax = TimeSpan.FromHours(24) };

        Assert.Contains(
            "SessionMax",
            new AccessRulesValidator().Validate(null, options).FailureMessage,
            StringComparison.Ordinal
        );
    }

    private Sessions SessionsWith(AccessOptions options) => new(new Tokens(options), options, _time);

    private static ClaimsPrincipal LogIn(Sessions sessions, string token) =>
        sessions.Begin(new Tokens(Settings()).Identify(token, CookieAuthenticationDefaults.AuthenticationScheme)!);

    private static AccessOptions Settings(string token = Token) =>
        new() { Token = new Secret(token), ReadOnlyToken = new Secret(ReaderToken) };
}
