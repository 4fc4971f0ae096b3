using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Events.DeadLetters;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Operations.Tests.Emulated;

namespace Operations.Tests.Http;

/// <summary>What a reader may not do, and an operator may.</summary>
public sealed class RoleTests(EmulatedAws aws, SharedServer shared) : IClassFixture<SharedServer>
{
    /// <summary>They change nothing and show no personal data. Whatever is new goes into one of the two lists.</summary>
    private static readonly (string Method, string Path)[] ForReaders =
    [
        ("GET", "/api/dead-letters"),
        ("GET", "/api/dead-letters/groups"),
        // Unmasked it is for operators, as another test has it.
        ("GET", "/api/dead-letters/{id}"),
        ("GET", "/api/redrives"),
        ("GET", "/api/redrives/{id}"),
        ("GET", "/api/conversations"),
        ("GET", "/api/conversations/{id}"),
        ("GET", "/api/budget"),
        ("GET", "/api/journal"),
    ];

    private static readonly (string Method, string Path)[] ForOperators =
    [
        ("GET", "/api/dead-letters/export"),
        ("POST", "/api/dead-letters/{id}/discard"),
        ("POST", "/api/dead-letters/{id}/resend"),
        ("POST", "/api/dead-letters/{id}/return"),
        ("POST", "/api/redrives"),
        ("POST", "/api/redrives/{id}/pause"),
        ("POST", "/api/redrives/{id}/resume"),
        ("POST", "/api/redrives/{id}/cancel"),
        ("POST", "/api/audits"),
    ];

    [Fact]
    public async Task Whatever_changes_something_is_for_operators_and_nothing_answers_a_stranger()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var server = await shared.ServerAsync();
        foreach (var (method, path) in EndpointsOf(server))
        {
            var reader = await StatusAsync(server, OperationsServer.ReaderToken, method, path, cancellationToken);
            var stranger = await StatusAsync(server, null, method, path, cancellationToken);

            Assert.True(
                ForReaders.Contains((method, path)) == (reader != HttpStatusCode.Forbidden),
                $"A reader: {method} {path}: {reader}"
            );
            Assert.True(stranger == HttpStatusCode.Unauthorized, $"A stranger: {method} {path}: {stranger}");
        }
    }

    [Fact]
    public async Task Of_whatever_is_there_it_was_decided_who_may_ask_for_it()
    {
        var server = await shared.ServerAsync();

        Assert.Equal(ForReaders.Concat(ForOperators).Order(), EndpointsOf(server).Order());
    }

    [Fact]
    public async Task The_document_names_every_path_that_is_there()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var server = await shared.ServerAsync();

        var document = await server
            .ClientWith(OperationsServer.ReaderToken)
            .GetFromJsonAsync<JsonElement>("/openapi/v1.json", cancellationToken);

        var named = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(one => (one.Name.ToUpperInvariant(), path.Name)));
        Assert.Equal(EndpointsOf(server).Order(), named.Order());
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/logout")]
    [InlineData("/theme")]
    public async Task A_form_that_another_site_sends_is_refused(string path)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var server = await shared.ServerAsync();
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["token"] = OperationsServer.OperatorToken, ["to"] = "dark" }
        );

        using var answer = await server.ClientWith(null).PostAsync(path, form, cancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(
            answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [],
            cookie => cookie.StartsWith("operations=", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(OperationsServer.ReaderToken, HttpStatusCode.Forbidden)]
    [InlineData(OperationsServer.OperatorToken, HttpStatusCode.OK)]
    public async Task Personal_data_is_for_operators(string token, HttpStatusCode expected)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var id = (await operations.OnlyLetterAsync(cancellationToken)).Id;
        await using var server = new OperationsServer(pipeline);
        var client = server.ClientWith(token);

        using var masked = await client.GetAsync($"/api/dead-letters/{id}", cancellationToken);
        using var revealed = await client.GetAsync($"/api/dead-letters/{id}?reveal=true", cancellationToken);
        using var export = await client.GetAsync("/api/dead-letters/export", cancellationToken);

        Assert.Equal(
            (HttpStatusCode.OK, expected, expected),
            (masked.StatusCode, revealed.StatusCode, export.StatusCode)
        );
        Assert.True(revealed.Headers.CacheControl!.NoStore);
        Assert.True(export.Headers.CacheControl!.NoStore);
        var asked = await operations.Journal.ReadAsync(1, cancellationToken);
        Assert.Equal(expected == HttpStatusCode.OK, asked.Count > 0);
    }

    /// <summary>All that is mapped below <c>/api</c>.</summary>
    private static List<(string Method, string Path)> EndpointsOf(OperationsServer server) =>
        [
            .. server
                .Services.GetServices<EndpointDataSource>()
                .SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .Select(endpoint => (Endpoint: endpoint, Path: $"/{endpoint.RoutePattern.RawText!.Trim('/')}"))
                .Where(mapped => mapped.Path.StartsWith("/api/", StringComparison.Ordinal))
                .SelectMany(mapped =>
                    mapped
                        .Endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>()
                        .HttpMethods.Select(method => (method, mapped.Path))
                )
                .Distinct(),
        ];

    private static async Task<HttpStatusCode> StatusAsync(
        OperationsServer server,
        string? token,
        string method,
        string path,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            path.Replace("{id}", "0123456789abcdef", StringComparison.Ordinal)
        );
        if (method != "GET")
        {
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        }

        using var answer = await server.ClientWith(token).SendAsync(request, cancellationToken);
        return answer.StatusCode;
    }
}
