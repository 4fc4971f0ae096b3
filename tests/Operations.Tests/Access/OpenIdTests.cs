using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using Operations.Tests.Browsing;
using Operations.Tests.Emulated;

namespace Operations.Tests.Access;

/// <summary>Login at a real provider, in a real browser.</summary>
public sealed partial class OpenIdTests(EmulatedAws aws, Browser browser, SharedOpenIdSite shared)
    : IClassFixture<SharedOpenIdSite>
{
    private const string Callback = "/login/openid/callback";

    [Theory]
    [InlineData("operator-1", "operator-1@example.com")]
    [InlineData("agent-7", "agent-7@example.com, looking only")]
    public async Task Who_may_act_is_what_the_provider_says(string login, string shown)
    {
        await using var window = await browser.NewWindowAsync();
        var site = await shared.SiteAsync();
        var page = await window.NewPageAsync();

        await LogInAsync(page, site, login);

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".who")).ToHaveTextAsync(shown);
    }

    [Fact]
    public async Task A_client_secret_that_the_provider_does_not_know_lets_nobody_in()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        await using var site = await OpenIdSite.StartAsync(aws, "another-secret", cancellationToken);
        var page = await window.NewPageAsync();

        await LogInAsync(page, site, "operator-1");

        await RefusedAsync(page, site);
    }

    [Fact]
    public async Task Where_a_provider_lets_people_in_no_token_is_printed_and_none_is_asked_for()
    {
        await using var window = await browser.NewWindowAsync();
        var site = await shared.SiteAsync();
        var page = await window.NewPageAsync();

        await page.GotoAsync(new Uri(site.Operations.Link, "/login").ToString());

        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Log in at" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Token")).ToHaveCountAsync(0);
        Assert.Equal("", site.Operations.Link.Query);
    }

    [Fact]
    public async Task Who_has_no_role_here_is_refused_where_a_role_is_asked_for()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        await using var site = await OpenIdSite.StartAsync(
            aws,
            OpenIdProvider.ClientSecret,
            cancellationToken,
            ("Operations__OpenId__ReaderRole", "auditor")
        );
        var page = await window.NewPageAsync();

        await LogInAsync(page, site, "agent-7");

        await RefusedAsync(page, site);
    }

    [Fact]
    public async Task An_answer_of_the_provider_serves_the_browser_that_asked_and_once()
    {
        await using var window = await browser.NewWindowAsync();
        await using var another = await browser.NewWindowAsync();
        var site = await shared.SiteAsync();
        var page = await window.NewPageAsync();
        var elsewhere = await another.NewPageAsync();
        var answer = await AnswerAsync(window, site, "operator-1");

        await elsewhere.GotoAsync(answer);
        await RefusedAsync(elsewhere, site);
        await page.GotoAsync(With(answer, "state", "made-up"));
        await RefusedAsync(page, site);
        await page.GotoAsync(With(answer, "iss", "https://another.example"));
        await RefusedAsync(page, site);

        var fresh = await AnswerAsync(window, site, "operator-1");
        await page.GotoAsync(fresh);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await page.GotoAsync(fresh);
        await RefusedAsync(page, site);
    }

    [Fact]
    public async Task A_code_that_somebody_else_was_given_is_worth_nothing_in_another_login()
    {
        await using var window = await browser.NewWindowAsync();
        await using var another = await browser.NewWindowAsync();
        var site = await shared.SiteAsync();
        var page = await window.NewPageAsync();
        var stolen = await AnswerAsync(another, site, "operator-1");
        var own = await AnswerAsync(window, site, "agent-7");

        await page.GotoAsync(With(own, "code", Query(stolen)["code"]));

        await RefusedAsync(page, site);
    }

    [Fact]
    public async Task A_provider_that_is_away_is_said_to_be()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        await using var site = await OpenIdSite.StartAsync(aws, OpenIdProvider.ClientSecret, cancellationToken);
        await site.Provider.EndAsync();
        var page = await window.NewPageAsync();

        await page.GotoAsync(new Uri(site.Operations.Link, "/login/openid").ToString());

        await RefusedAsync(page, site);
    }

    /// <summary>From the login page to wherever the provider sends the browser.</summary>
    private static async Task LogInAsync(IPage page, OpenIdSite site, string login)
    {
        await page.GotoAsync(new Uri(site.Operations.Link, "/login").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Log in at" }).ClickAsync();
        await page.Locator("input[name=login]").FillAsync(login);
        await page.Locator("input[name=password]").FillAsync("any");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign-in" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }

    /// <summary>
    /// Logs in by hand, with the cookies of the window, up to the answer of the provider: the address with which a browser would bring
    /// it to Operations. It is not brought there.
    /// </summary>
    private static async Task<string> AnswerAsync(IBrowserContext window, OpenIdSite site, string login)
    {
        const int stepsMax = 20;
        var url = new Uri(site.Operations.Link, "/login/openid").ToString();
        var answer = await window.APIRequest.GetAsync(url, new() { MaxRedirects = 0 });
        for (var step = 0; step < stepsMax; step++)
        {
            if (answer.Headers.TryGetValue("location", out var location))
            {
                url = new Uri(new Uri(url), location).ToString();
                if (url.Contains(Callback, StringComparison.Ordinal))
                {
                    return url;
                }

                answer = await window.APIRequest.GetAsync(url, new() { MaxRedirects = 0 });
                continue;
            }

            // A page of the provider: first it asks who it is, then whether Operations may know.
            var page = await answer.TextAsync();
            var form = window.APIRequest.CreateFormData();
            form.Set("prompt", page.Contains("name=\"login\"", StringComparison.Ordinal) ? "login" : "consent");
            form.Set("login", login);
            form.Set("password", "any");
            url = FormAction().Match(page).Groups["url"].Value;
            answer = await window.APIRequest.PostAsync(url, new() { Form = form, MaxRedirects = 0 });
        }

        throw new InvalidOperationException($"The provider does not come to an answer; it is at {url}.");
    }

    private static async Task RefusedAsync(IPage page, OpenIdSite site)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("failed");
        await page.GotoAsync(new Uri(site.Operations.Link, "/").ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Log in at" })).ToBeVisibleAsync();
    }

    private static Dictionary<string, string?> Query(string url) =>
        QueryHelpers.ParseQuery(new Uri(url).Query).ToDictionary(one => one.Key, one => (string?)one.Value.ToString());

    private static string With(string url, string name, string? value)
    {
        var query = Query(url);
        query[name] = value;
        return QueryHelpers.AddQueryString(new Uri(url).GetLeftPart(UriPartial.Path), query);
    }

    [GeneratedRegex("action=\"(?<url>[^\"]+)\"")]
    private static partial Regex FormAction();
}
