using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Operations.Tests.Emulated;
using Operations.Tests.Http;
using Testing;

namespace Operations.Tests.Access;

/// <summary>What a cookie is worth, asked of Operations itself; the keys of the cookies are the same for all servers of a test.</summary>
public sealed class SessionCookieTests(EmulatedAws aws)
{
    private readonly EphemeralDataProtectionProvider _keys = new();
    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData(OperationsServer.OperatorToken, HttpStatusCode.OK)]
    [InlineData("another-operator-token-of-a-test", HttpStatusCode.Redirect)]
    public async Task A_cookie_is_worth_as_much_as_the_token_it_was_given_for(string tokenThen, HttpStatusCode expected)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var before = ServerWith(pipeline);
        await using var after = ServerWith(pipeline, ("Operations:Token", tokenThen));
        var cookie = await LogInAsync(before, cancellationToken);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(before, cookie, cancellationToken));
        Assert.Equal(expected, await StatusAsync(after, cookie, cancellationToken));
    }

    [Fact]
    public async Task A_cookie_that_is_used_all_the_time_ends_all_the_same()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var server = ServerWith(
            pipeline,
            ("Operations:SessionLength", "01:00:00"),
            ("Operations:SessionMax", "02:00:00")
        );
        var cookie = await LogInAsync(server, cancellationToken);
        var answers = new List<HttpStatusCode>();

        for (var use = 0; use < 4; use++)
        {
            // More than half of its length, so that it is renewed.
            _time.Advance(TimeSpan.FromMinutes(35));
            using var answer = await AskAsync(server, cookie, cancellationToken);
            answers.Add(answer.StatusCode);
            cookie = CookieOf(answer) ?? cookie;
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Redirect], answers);
    }

    [Fact]
    public async Task A_cookie_that_was_copied_ends_with_the_logout()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var server = ServerWith(pipeline);
        var cookie = await LogInAsync(server, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, cookie, cancellationToken));

        await LogOutAsync(server, cookie, cancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(server, cookie, cancellationToken));
    }

    private OperationsServer ServerWith(EmulatedPipeline pipeline, params (string Name, string Value)[] settings) =>
        new(
            pipeline,
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<IDataProtectionProvider>(_keys));
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_time));
            },
            settings
        );

    private static async Task<string> LogInAsync(OperationsServer server, CancellationToken cancellationToken)
    {
        using var answer = await server
            .ClientWith(null)
            .GetAsync($"/login?t={OperationsServer.OperatorToken}", cancellationToken);
        return CookieOf(answer)!;
    }

    private static async Task LogOutAsync(OperationsServer server, string cookie, CancellationToken cancellationToken)
    {
        using var page = await AskAsync(server, cookie, cancellationToken);
        var html = await page.Content.ReadAsStringAsync(cancellationToken);
        const string field = "name=\"__RequestVerificationToken\" value=\"";
        var start = html.LastIndexOf(field, StringComparison.Ordinal) + field.Length;
        var antiforgery = page
            .Headers.GetValues("Set-Cookie")
            .First(set => set.Contains("Antiforgery", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/logout")
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["__RequestVerificationToken"] = html[start..html.IndexOf('"', start)],
                }
            ),
        };
        request.Headers.Add("Cookie", $"{cookie}; {antiforgery.Split(';')[0]}");
        using var answer = await server.ClientWith(null).SendAsync(request, cancellationToken);
        Assert.Equal("/login", answer.Headers.Location?.ToString());
    }

    private static async Task<HttpStatusCode> StatusAsync(
        OperationsServer server,
        string cookie,
        CancellationToken cancellationToken
    )
    {
        using var answer = await AskAsync(server, cookie, cancellationToken);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> AskAsync(
        OperationsServer server,
        string cookie,
        CancellationToken cancellationToken
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/journal");
        request.Headers.Add("Cookie", cookie);
        return server.ClientWith(null).SendAsync(request, cancellationToken);
    }

    private static string? CookieOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies
                .FirstOrDefault(cookie => cookie.StartsWith("operations=", StringComparison.Ordinal))
                ?.Split(';')[0]
            : null;
}
