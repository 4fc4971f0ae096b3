using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>The URLs of the queues, asked for once by name; a queue configured by its URL is not asked for at all.</summary>
public sealed class QueueUrls(IAmazonSQS sqs, IOptions<PipelineOptions> options)
{
    private string? _events;
    private string? _deadLetters;
    private string? _enrichment;

    public ValueTask<string> OfEventsAsync(CancellationToken cancellationToken) =>
        _events is { } known
            ? new(known)
            : FindAsync(options.Value.EventsQueue, url => _events = url, cancellationToken);

    public ValueTask<string> OfDeadLettersAsync(CancellationToken cancellationToken) =>
        _deadLetters is { } known
            ? new(known)
            : FindAsync(options.Value.DeadLetterQueue, url => _deadLetters = url, cancellationToken);

    public ValueTask<string> OfEnrichmentAsync(CancellationToken cancellationToken) =>
        _enrichment is { } known
            ? new(known)
            : FindAsync(options.Value.EnrichmentQueue, url => _enrichment = url, cancellationToken);

    private async ValueTask<string> FindAsync(
        string nameOrUrl,
        Action<string> remember,
        CancellationToken cancellationToken
    )
    {
        var url = nameOrUrl.StartsWith("http", StringComparison.Ordinal)
            ? nameOrUrl
            : (await sqs.GetQueueUrlAsync(new GetQueueUrlRequest(nameOrUrl), cancellationToken)).QueueUrl;
        remember(url);
        return url;
    }
}
