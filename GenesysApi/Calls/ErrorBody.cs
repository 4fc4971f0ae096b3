using System.Text.Json;
using System.Text.RegularExpressions;

namespace GenesysApi.Calls;

/// <summary>The platform's error body, as far as decisions hang on it. A gateway's HTML page reads as nothing.</summary>
internal sealed partial record ErrorBody(string? Code, string? Message, LimitBody? Limit)
{
    /// <summary>Error pages of gateways may be of any size; the platform's own bodies are small.</summary>
    private const int BytesMax = 64 * 1024;

    public static async Task<ErrorBody?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var bytes = await content.ReadAsByteArrayAsync(cancellationToken);
        if (bytes.Length is 0 or > BytesMax)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, GenesysJson.Default.ErrorBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The wait that the current 429 names in its text, for when the header is missing.</summary>
    public TimeSpan? WaitInMessage() =>
        Message is not null && RetryInSeconds().Match(Message) is { Success: true } match
            ? TimeSpan.FromSeconds(
                int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)
            )
            : null;

    [GeneratedRegex(@"Retry the request in \[(\d{1,6})\] seconds", RegexOptions.CultureInvariant)]
    private static partial Regex RetryInSeconds();
}

internal sealed record LimitBody(string? Namespace, string? Key);
