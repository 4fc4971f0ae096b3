using System.Net.Http.Headers;
using System.Text.Json;
using GenesysMock.Traffic;
using Microsoft.Extensions.Options;

namespace GenesysMock.Publishing;

/// <summary>Posts envelopes as an API destination does: one as it is, several as an array.</summary>
internal sealed class IngestorClient(HttpClient http, IOptions<PublishingOptions> options, TimeProvider time)
{
    public async Task<PublishOutcome> PostAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.IngestorUrl)
        {
            Content = new ReadOnlyMemoryContent(BodyOf(batch)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        if (options.Value.IngestorApiKey is { } key)
        {
            request.Headers.TryAddWithoutValidation(options.Value.IngestorApiKeyHeader, key);
        }

        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var statuses = response.IsSuccessStatusCode
                ? null
                : await EntryStatusesAsync(response, batch.Count, cancellationToken);
            return new PublishOutcome.Answered(
                statuses ?? [.. Enumerable.Repeat((int)response.StatusCode, batch.Count)],
                RetryAfterOf(response)
            );
        }
        catch (HttpRequestException exception)
        {
            var error = exception.HttpRequestError;
            return new PublishOutcome.Unanswered(
                error.ToString(),
                HasLeft: error is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PublishOutcome.Unanswered("Timeout", HasLeft: true);
        }
    }

    private static ReadOnlyMemory<byte> BodyOf(IReadOnlyList<Delivery> batch)
    {
        if (batch.Count is 1)
        {
            return batch[0].Envelope;
        }

        var body = new byte[batch.Sum(delivery => delivery.Envelope.Length) + batch.Count + 1];
        var written = 0;
        foreach (var delivery in batch)
        {
            body[written] = written is 0 ? (byte)'[' : (byte)',';
            delivery.Envelope.Span.CopyTo(body.AsSpan(written + 1));
            written += delivery.Envelope.Length + 1;
        }

        body[written] = (byte)']';
        return body;
    }

    /// <summary>An array that is not accepted as a whole is answered with a status for each; null where it is not.</summary>
    private static async Task<IReadOnlyList<int>?> EntryStatusesAsync(
        HttpResponseMessage response,
        int count,
        CancellationToken cancellationToken
    )
    {
        if (response.Content.Headers.ContentType?.MediaType is not "application/problem+json")
        {
            return null;
        }

        try
        {
            var problem = await response.Content.ReadFromJsonAsync<Problem>(cancellationToken);
            return problem?.Entries?.Count == count ? [.. problem.Entries.Select(entry => entry.Status)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => null,
        };

    private sealed record Problem(IReadOnlyList<Entry>? Entries);

    private sealed record Entry(int Status);
}
