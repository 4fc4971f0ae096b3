using System.Text.Json;
using Ingestor.Receiving;

namespace Ingestor.PutEvents;

/// <summary>An error as the AWS JSON 1.1 protocol has it.</summary>
internal static class EventBridgeError
{
    public static async Task WriteAsync(HttpContext context, int status, string code, string message)
    {
        Problem.AskForRetry(context.Response, status);
        context.Response.StatusCode = status;
        context.Response.ContentType = EventBridgeProtocol.ContentType;
        Write(context, code, message);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void Write(HttpContext context, string code, string message)
    {
        using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("__type"u8, code);
        json.WriteString("message"u8, message);
        json.WriteEndObject();
    }
}
