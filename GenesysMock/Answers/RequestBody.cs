using System.Text.Json;
using GenesysMock.Gate;

namespace GenesysMock.Answers;

/// <summary>Reads JSON as the platform does: 415 for what is not JSON by name, 400 for what is not JSON by nature.</summary>
internal static class RequestBody
{
    public static async Task<(T? Body, ApiError? Error)> ReadAsync<T>(
        HttpRequest request,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, ApiError.UnsupportedMediaType);
        }

        try
        {
            var body = await request.ReadFromJsonAsync<T>(cancellationToken);
            return body is null ? (null, ApiError.BadRequest) : (body, null);
        }
        catch (JsonException)
        {
            return (null, ApiError.BadRequest);
        }
    }
}
