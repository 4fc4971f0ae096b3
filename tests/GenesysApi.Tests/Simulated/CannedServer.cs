using System.Net;
using System.Text;

namespace GenesysApi.Tests.Simulated;

/// <summary>Answers each request by the test's own function, keeps what it was asked, and has no answer nobody gave it.</summary>
internal sealed class CannedServer : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<(HttpMethod Method, Uri Uri, string? Authorization, string? Body)> _requests = [];

    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Login { get; set; } =
        (_, _) => throw new InvalidOperationException("Nobody expected a request for a token.");

    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Api { get; set; } =
        (request, _) => throw new InvalidOperationException($"Nobody expected {request.Method} {request.RequestUri}.");

    public int TokensAsked => Count("login.");

    public int ApiCalls => Count("api.");

    public (HttpMethod Method, Uri Uri, string? Authorization, string? Body) LastApiRequest
    {
        get
        {
            lock (_gate)
            {
                return _requests.Last(request => request.Uri.Host.StartsWith("api.", StringComparison.Ordinal));
            }
        }
    }

    public static HttpResponseMessage Json(
        HttpStatusCode status,
        string body,
        params (string Name, string Value)[] headers
    )
    {
        var response = new HttpResponseMessage(status)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    public static HttpResponseMessage Token(string token, int expiresIn = 86_400) =>
        Json(HttpStatusCode.OK, $$"""{"access_token":"{{token}}","token_type":"bearer","expires_in":{{expiresIn}}}""");

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (_gate)
        {
            _requests.Add((request.Method, request.RequestUri!, request.Headers.Authorization?.ToString(), body));
        }

        var isLogin = request.RequestUri!.Host.StartsWith("login.", StringComparison.Ordinal);
        return await (isLogin ? Login : Api)(request, cancellationToken);
    }

    private int Count(string host)
    {
        lock (_gate)
        {
            return _requests.Count(request => request.Uri.Host.StartsWith(host, StringComparison.Ordinal));
        }
    }
}
