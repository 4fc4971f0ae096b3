using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using GenesysApi.Budget;
using Simulation.Tables;

namespace Simulation.Genesys;

/// <summary>A request as the platform reads it.</summary>
internal sealed record PlatformRequest
{
    public required string Name { get; init; }

    /// <summary>Which process sent it.</summary>
    public required string Sender { get; init; }

    /// <summary>Under which it was sent; null of what is no effect.</summary>
    public GrantedClaim? Claim { get; set; }

    /// <summary>Its process stood still when all was decided and the request about to leave, until its claim was over.</summary>
    public bool SleptSinceDecided { get; set; }

    /// <summary>When it was last looked for, as its process or one before it was told; null when it never was.</summary>
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>When under an earlier claim a write left that may have happened, its process awake; null when none did.</summary>
    public DateTimeOffset? TriedAt { get; set; }

    public bool IsLogin { get; init; }

    public string Token { get; init; } = "";

    public string[] Ids { get; init; } = [];

    public string? Conversation { get; init; }

    public string? Participant { get; init; }

    /// <summary>The value to write; of a PATCH only.</summary>
    public string? Attribute { get; init; }

    /// <summary>Reads all of it at once: whoever sent it may give up and dispose of it.</summary>
    public static async Task<PlatformRequest> ReadAsync(HttpRequestMessage request, string sender)
    {
        var path = request.RequestUri!.AbsolutePath;
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isConversation = parts is ["api", "v2", "conversations", ..];
        return new PlatformRequest
        {
            Name = $"{request.Method} {path}",
            Sender = sender,
            IsLogin = parts is ["oauth", "token"],
            Token = request.Headers.Authorization?.Parameter ?? "",
            Ids = [.. request.RequestUri.Query.TrimStart('?').Split('&').Select(id => id[(id.IndexOf('=') + 1)..])],
            Conversation = isConversation ? parts[3] : null,
            Participant = isConversation && parts.Length > 5 ? parts[5] : null,
            Attribute =
                request.Method == HttpMethod.Patch
                    ? AttributeIn(await request.Content!.ReadAsByteArrayAsync(CancellationToken.None))
                    : null,
        };
    }

    private static string AttributeIn(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("attributes").EnumerateObject().Single().Value.GetString()!;
    }
}

/// <summary>An answer, or the exception that a connection gives instead.</summary>
internal sealed record PlatformAnswer(HttpResponseMessage? Response, HttpRequestError Error)
{
    /// <summary>Nobody listened: the request did not arrive.</summary>
    public static PlatformAnswer Refused { get; } = new(null, HttpRequestError.ConnectionError);

    /// <summary>It arrived, and the connection broke.</summary>
    public static PlatformAnswer Lost { get; } = new(null, HttpRequestError.ResponseEnded);

    public static PlatformAnswer Of(HttpStatusCode status, string body) =>
        new(
            new HttpResponseMessage(status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) },
            HttpRequestError.Unknown
        );

    public PlatformAnswer With(string header, string value)
    {
        Response?.Headers.TryAddWithoutValidation(header, value);
        return this;
    }

    /// <summary>The limit that the answer tells of.</summary>
    public int? Allowed { get; private set; }

    public PlatformAnswer With(RateHeaders headers)
    {
        Allowed = headers.Allowed;
        return With("inin-ratelimit-count", headers.Count.ToString(CultureInfo.InvariantCulture))
            .With("inin-ratelimit-allowed", headers.Allowed.ToString(CultureInfo.InvariantCulture))
            .With("inin-ratelimit-reset", headers.Reset.TotalSeconds.ToString(CultureInfo.InvariantCulture));
    }
}
