using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Operations.Tests.Emulated;

/// <summary>As much of Genesys as an audit asks: a token, and one page of conversations.</summary>
internal sealed class GenesysStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _asked;

    private GenesysStandIn(IReadOnlyList<string> conversations)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost(
            "/oauth/token",
            () =>
                Results.Json(
                    new
                    {
                        access_token = "a-token-of-a-test",
                        token_type = "bearer",
                        expires_in = 86_400,
                    }
                )
        );
        _app.MapPost(
            "/api/v2/analytics/conversations/details/query",
            () =>
            {
                Interlocked.Increment(ref _asked);
                return Results.Json(
                    new
                    {
                        conversations = conversations.Select(id => new
                        {
                            conversationId = id,
                            conversationStart = "2026-03-19T14:30:00.000Z",
                        }),
                        totalHits = conversations.Count,
                    }
                );
            }
        );
    }

    public int Asked => Volatile.Read(ref _asked);

    public IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["Genesys__ApiBaseAddress"] = _app.Urls.Single(),
            ["Genesys__LoginBaseAddress"] = _app.Urls.Single(),
        };

    public static async Task<GenesysStandIn> StartAsync(
        IReadOnlyList<string> conversations,
        CancellationToken cancellationToken
    )
    {
        var genesys = new GenesysStandIn(conversations);
        await genesys._app.StartAsync(cancellationToken);
        return genesys;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
