using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenesysMock.Gate;

/// <summary>How the platform writes an answer, good or bad.</summary>
internal static class ApiAnswer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Task AnswerAsync(this HttpContext context, object body, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            body,
            body.GetType(),
            Json,
            "application/json",
            context.RequestAborted
        );
    }

    public static Task AnswerAsync(this HttpContext context, ApiError error) =>
        context.AnswerAsync(
            new
            {
                error.Message,
                error.Code,
                error.Status,
                ContextId = context.Response.Headers[PlatformHeaders.CorrelationId].ToString(),
                Details = Array.Empty<object>(),
                Errors = Array.Empty<object>(),
                error.Limit,
            },
            error.Status
        );
}
