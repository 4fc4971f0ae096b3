using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Processor.Lambda;

/// <summary>
/// The Lambda Runtime API (2018-06-01) over HTTP: ask for the next invocation, answer it, or say that it failed. The function is a
/// custom runtime, so nothing stands between the pipeline and the service.
/// </summary>
internal sealed class LambdaRuntimeClient(HttpClient http)
{
    private const string Version = "2018-06-01";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Waits as long as it takes: Lambda freezes the process meanwhile.</summary>
    public async Task<RuntimeInvocation> NextAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync($"/{Version}/runtime/invocation/next", cancellationToken);
        response.EnsureSuccessStatusCode();

        return new RuntimeInvocation(
            Header(response, "Lambda-Runtime-Aws-Request-Id"),
            DateTimeOffset.FromUnixTimeMilliseconds(
                long.Parse(Header(response, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture)
            ),
            await response.Content.ReadAsByteArrayAsync(cancellationToken)
        );
    }

    public Task AnswerAsync(string requestId, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/response", body, errorType: null, cancellationToken);

    /// <summary>Nothing of the invocation is known to be done: Lambda hides the whole batch until visibility ends.</summary>
    public Task FailAsync(string requestId, string errorType, string message, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/error", Error(errorType, message), errorType, cancellationToken);

    /// <summary>The function cannot start; the process ends after this.</summary>
    public Task FailInitAsync(string errorType, string message, CancellationToken cancellationToken) =>
        PostAsync("init/error", Error(errorType, message), errorType, cancellationToken);

    private async Task PostAsync(
        string path,
        ReadOnlyMemory<byte> body,
        string? errorType,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{Version}/runtime/{path}")
        {
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = Json } },
        };
        if (errorType is not null)
        {
            request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static byte[] Error(string errorType, string message) =>
        JsonSerializer.SerializeToUtf8Bytes(new RuntimeError(message, errorType), LambdaJson.Default.RuntimeError);

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values)
            ? values.First()
            : throw new InvalidOperationException($"The Lambda Runtime API sent no {name}.");
}

/// <param name="RequestId">Of this invocation.</param>
/// <param name="Deadline">When Lambda ends it.</param>
/// <param name="Event">What the event source sent.</param>
internal sealed record RuntimeInvocation(string RequestId, DateTimeOffset Deadline, byte[] Event);
