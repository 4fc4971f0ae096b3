using System.Net;
using System.Text.Json;
using Amazon.Runtime;

namespace ServiceDefaults.Wire;

/// <summary>What a service says when it does not do it, in the SDK's words. The text of the answer stays out: it may quote the request.</summary>
internal static class WireRefusal
{
    private const string Unknown = "Unknown";

    public static AmazonServiceException Of(HttpResponseMessage response, ReadOnlyMemory<byte> answer)
    {
        var code = CodeOf(response, answer);
        return new AmazonServiceException(
            $"{(int)response.StatusCode} {code}",
            null,
            response.StatusCode >= HttpStatusCode.InternalServerError ? ErrorType.Receiver : ErrorType.Sender,
            code,
            Header(response, "x-amzn-RequestId"),
            response.StatusCode
        );
    }

    /// <summary>Of <c>com.amazonaws.sqs#QueueDoesNotExist:http://…</c>, what is between the <c>#</c> and the colon.</summary>
    private static string CodeOf(HttpResponseMessage response, ReadOnlyMemory<byte> answer)
    {
        var type = TypeIn(answer) ?? Header(response, "x-amzn-ErrorType") ?? Unknown;
        var name = type[(type.LastIndexOf('#') + 1)..];
        return name.IndexOf(':', StringComparison.Ordinal) is > 0 and var end ? name[..end] : name;
    }

    private static string? TypeIn(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("__type", out var type)
                && type.ValueKind == JsonValueKind.String
                ? type.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
