using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GenesysMock.Admin;

/// <summary>How the admin API reads and writes: as the configuration is named, and a name it does not know is an error.</summary>
internal static class AdminJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static IResult Answer<T>(T body, int status = StatusCodes.Status200OK) =>
        Results.Json(body, Options, statusCode: status);

    public static IResult Fault(string detail, int status = StatusCodes.Status400BadRequest) =>
        Results.Problem(detail, statusCode: status);

    /// <summary>The body, or why it cannot be read, in a sentence.</summary>
    public static async Task<(T? Body, string? Fault)> ReadAsync<T>(
        HttpRequest request,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, "The body must be application/json.");
        }

        try
        {
            var body = await request.ReadFromJsonAsync<T>(Options, cancellationToken);
            return body is null ? (null, "The body must be an object.") : (body, null);
        }
        catch (JsonException exception)
        {
            return (null, exception.Message);
        }
    }
}
