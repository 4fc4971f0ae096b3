using System.Text.Json;
using Amazon.SQS;
using Microsoft.Extensions.Options;
using ServiceDefaults.Wire;

namespace ServiceDefaults;

/// <summary>The URLs of the queues, asked for once by name; a queue configured by its URL is not asked for at all.</summary>
public sealed class QueueUrls(IAmazonSQS sqs, IOptions<PipelineOptions> options, TimeProvider time)
{
    private readonly AwsWire _wire = AwsWire.Of(sqs, time);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<string>> _asked = new(StringComparer.Ordinal);

    public ValueTask<string> OfEventsAsync(CancellationToken cancellationToken) =>
        OfAsync(options.Value.EventsQueue, cancellationToken);

    public ValueTask<string> OfDeadLettersAsync(CancellationToken cancellationToken) =>
        OfAsync(options.Value.DeadLetterQueue, cancellationToken);

    public ValueTask<string> OfEnrichmentAsync(CancellationToken cancellationToken) =>
        OfAsync(options.Value.EnrichmentQueue, cancellationToken);

    public ValueTask<string> OfEnrichmentDeadLettersAsync(CancellationToken cancellationToken) =>
        OfAsync(options.Value.EnrichmentDeadLetterQueue, cancellationToken);

    private ValueTask<string> OfAsync(string nameOrUrl, CancellationToken cancellationToken)
    {
        if (nameOrUrl.StartsWith("http", StringComparison.Ordinal))
        {
            return new(nameOrUrl);
        }

        lock (_gate)
        {
            // All pollers start at once: one asks, the others wait for its answer. A failure is nobody's answer for ever.
            if (!_asked.TryGetValue(nameOrUrl, out var asked) || asked.IsFaulted || asked.IsCanceled)
            {
                _asked[nameOrUrl] = asked = FindAsync(nameOrUrl);
            }

            return asked.IsCompletedSuccessfully ? new(asked.Result) : new(asked.WaitAsync(cancellationToken));
        }
    }

    private async Task<string> FindAsync(string name)
    {
        using var request = new PooledBuffer();
        using (var writer = WireRequest.Writer(request))
        {
            writer.WriteStartObject();
            writer.WriteString("QueueName"u8, name);
            writer.WriteEndObject();
        }

        using var answer = await _wire.CallPatientlyAsync("GetQueueUrl", request.Written, CancellationToken.None);
        return WireAnswer.Read(
            answer.Written,
            root => root.GetProperty("QueueUrl"u8).GetString() ?? throw new JsonException($"Queue {name} has no URL.")
        );
    }
}
