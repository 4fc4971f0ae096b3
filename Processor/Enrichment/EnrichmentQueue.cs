using Processor.Receiving;

namespace Processor.Enrichment;

/// <summary>What becomes of enrichment messages, in the chunks SQS takes. Whatever fails here heals itself by the end of visibility.</summary>
internal sealed class EnrichmentQueue(IEventQueue queue, EnrichmentOptions options, TimeProvider time)
{
    private const int ChunkMax = 10;

    private static readonly TimeSpan DelayMax = TimeSpan.FromMinutes(15);
    private static readonly Dictionary<string, string> NoAttributes = [];

    public Task<ReceiveAnswer> ReceiveAsync(int max, CancellationToken cancellationToken) =>
        queue.ReceiveAsync(Math.Clamp(max, 1, ChunkMax), cancellationToken);

    public async Task DeleteAsync(IReadOnlyList<EnrichmentRequest> requests, CancellationToken cancellationToken)
    {
        foreach (var chunk in requests.Chunk(ChunkMax))
        {
            await queue.DeleteAsync([.. chunk.Select(request => request.Message)], cancellationToken);
        }
    }

    /// <summary>Back to the queue at once: nothing was done about them.</summary>
    public Task ReleaseAsync(IReadOnlyList<EnrichmentRequest> requests, CancellationToken cancellationToken) =>
        HideAsync(requests.Select(request => request.Message), TimeSpan.Zero, cancellationToken);

    /// <summary>They come back at <paramref name="until"/>, or earlier if that is farther than the queue can look.</summary>
    public async Task DeferAsync(
        IReadOnlyList<EnrichmentRequest> requests,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        var wait = until - time.GetUtcNow();
        var hidden =
            wait < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1)
            : wait > options.HiddenMax ? options.HiddenMax
            : wait;
        var tired = requests.Where(request => request.Message.ReceiveCount >= options.ReceivesMax).ToList();

        await HideAsync(requests.Except(tired).Select(request => request.Message), hidden, cancellationToken);
        foreach (var request in tired)
        {
            await SendAnewAsync(request, hidden, cancellationToken);
        }
    }

    public Task HideAsync(ReceivedMessage message, TimeSpan hidden, CancellationToken cancellationToken) =>
        HideAsync([message], hidden, cancellationToken);

    private async Task SendAnewAsync(EnrichmentRequest request, TimeSpan wait, CancellationToken cancellationToken)
    {
        var delay = wait < DelayMax ? wait : DelayMax;
        if (await queue.SendAgainAsync(request.BodyOfCopy(), NoAttributes, delay, cancellationToken))
        {
            await queue.DeleteAsync([request.Message], cancellationToken);
        }
    }

    private async Task HideAsync(
        IEnumerable<ReceivedMessage> messages,
        TimeSpan hidden,
        CancellationToken cancellationToken
    )
    {
        foreach (var chunk in messages.Chunk(ChunkMax))
        {
            await queue.ChangeVisibilityAsync(
                [.. chunk.Select(message => new VisibilityChange(message, hidden))],
                cancellationToken
            );
        }
    }
}
