using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ingestor.Receiving;

/// <summary>An answer other than 200, as RFC 9457 has it. It never repeats what was sent.</summary>
internal sealed record Problem(
    int Status,
    string Title,
    string? Detail,
    string? TraceId,
    IReadOnlyList<EntryResult>? Entries
)
{
    /// <summary>Soon enough for a burst to pass, late enough not to make one.</summary>
    private static readonly string RetryAfterSeconds = 1.ToString(CultureInfo.InvariantCulture);

    public static Task WriteAsync(
        HttpContext context,
        int status,
        string? detail,
        IReadOnlyList<EntryResult>? entries = null
    )
    {
        AskForRetry(context.Response, status);
        context.Response.StatusCode = status;
        var problem = new Problem(status, TitleOf(status), detail, Activity.Current?.TraceId.ToHexString(), entries);
        return context.Response.WriteAsJsonAsync(
            problem,
            AnswerJson.Default.Problem,
            "application/problem+json",
            context.RequestAborted
        );
    }

    /// <summary>What will be accepted later carries Retry-After, in whichever protocol it is said.</summary>
    public static void AskForRetry(HttpResponse response, int status)
    {
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds;
        }
    }

    private static string TitleOf(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => "Not an event",
            StatusCodes.Status401Unauthorized => "Unauthorized",
            StatusCodes.Status408RequestTimeout => "Body too slow",
            StatusCodes.Status413PayloadTooLarge => "Too large",
            StatusCodes.Status415UnsupportedMediaType => "Unsupported media type",
            StatusCodes.Status429TooManyRequests => "Too many events at once",
            StatusCodes.Status503ServiceUnavailable => "The queue does not take events at the moment",
            _ => "Refused",
        };
}

/// <summary>What became of one event of an array.</summary>
internal sealed record EntryResult(int Status, string? Detail);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class AnswerJson : JsonSerializerContext;
