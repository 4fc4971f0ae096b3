using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using GenesysApi.Calls;
using Microsoft.Extensions.Options;

namespace GenesysApi.Tokens;

/// <summary>Asks the login host for one token, once. When to ask again is <see cref="TokenSource"/>'s to decide.</summary>
internal sealed class TokenEndpoint(IHttpClientFactory clients, IOptions<GenesysOptions> options, TimeProvider time)
{
    public const string HttpClientName = "genesys-login";

    private const int BodyBytesMax = 64 * 1024;

    public async Task<TokenAnswer> AskAsync()
    {
        // Not the first caller's token: others wait for this answer too.
        using var timeout = new CancellationTokenSource(options.Value.AttemptTimeout, time);
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(options.Value.LoginBaseAddress!, "oauth/token")
        )
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
            Headers = { Authorization = Credentials(options.Value), Accept = { new("application/json") } },
        };
        try
        {
            using var http = clients.CreateClient(HttpClientName);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            await response.Content.LoadIntoBufferAsync(BodyBytesMax, timeout.Token);
            return Read(response, await response.Content.ReadAsByteArrayAsync(timeout.Token));
        }
        catch (OperationCanceledException)
        {
            return new TokenAnswer.Unavailable("timeout");
        }
        catch (HttpRequestException exception)
        {
            return new TokenAnswer.Unavailable(exception.HttpRequestError.ToString());
        }
    }

    private static AuthenticationHeaderValue Credentials(GenesysOptions options) =>
        new(
            "Basic",
            Convert.ToBase64String(Encoding.Latin1.GetBytes($"{options.ClientId}:{options.ClientSecret!.Reveal()}"))
        );

    private TokenAnswer Read(HttpResponseMessage response, byte[] body)
    {
        if (response.IsSuccessStatusCode)
        {
            return TryParse(body, GenesysJson.Default.TokenBody) is { AccessToken.Length: > 0, ExpiresIn: > 0 } issued
                ? new TokenAnswer.Issued(new Secret(issued.AccessToken), TimeSpan.FromSeconds(issued.ExpiresIn))
                : new TokenAnswer.Unavailable("unreadable answer");
        }

        var error = TryParse(body, GenesysJson.Default.TokenErrorBody);
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new TokenAnswer.Throttled(
                RetryAfter.From(response.Headers, time.GetUtcNow())
            ),

            // The token endpoint's own limit comes as a 400 of the general kind; only its text tells.
            HttpStatusCode.BadRequest when error?.SaysRateLimited == true => new TokenAnswer.Throttled(
                RetryAfter.From(response.Headers, time.GetUtcNow())
            ),
            >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout => new TokenAnswer.Unavailable(
                $"http {status}"
            ),
            _ => new TokenAnswer.Refused(error?.Error is { Length: > 0 and < 64 } code ? code : $"http {status}"),
        };
    }

    private static T? TryParse<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What the token endpoint said.</summary>
internal abstract record TokenAnswer
{
    private TokenAnswer() { }

    public sealed record Issued(Secret Token, TimeSpan Lifetime) : TokenAnswer;

    public sealed record Throttled(TimeSpan? RetryAfter) : TokenAnswer;

    public sealed record Refused(string Code) : TokenAnswer;

    public sealed record Unavailable(string Reason) : TokenAnswer;
}

internal sealed record TokenBody(
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn
);

internal sealed record TokenErrorBody(
    string? Error,
    [property: JsonPropertyName("error_description")] string? ErrorDescription,
    string? Description
)
{
    private const string RateLimited = "rate limit exceeded";

    public bool SaysRateLimited =>
        (ErrorDescription ?? Description)?.Contains(RateLimited, StringComparison.OrdinalIgnoreCase) == true;
}
