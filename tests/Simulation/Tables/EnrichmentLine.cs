using Processor.Receiving;
using Processor.Testing.Outside;
using Processor.Testing.World;

namespace Simulation.Tables;

/// <summary>The line from one process to the enrichment queue.</summary>
internal sealed class EnrichmentLine(IEventQueue queue, Lifeline life) : IEventQueue
{
    private const string Operation = nameof(EnrichmentLine);

    public Task<ReceiveAnswer> ReceiveAsync(int max, CancellationToken cancellationToken) =>
        life.CallAsync(Operation, () => queue.ReceiveAsync(max, cancellationToken));

    public Task<DeleteAnswer[]> DeleteAsync(
        IReadOnlyList<ReceivedMessage> messages,
        CancellationToken cancellationToken
    ) => life.CallAsync(Operation, () => queue.DeleteAsync(messages, cancellationToken));

    public Task<VisibilityAnswer[]> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes,
        CancellationToken cancellationToken
    ) => life.CallAsync(Operation, () => queue.ChangeVisibilityAsync(changes, cancellationToken));

    public Task<bool> SendAgainAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        TimeSpan delay,
        CancellationToken cancellationToken
    ) => life.CallAsync(Operation, () => queue.SendAgainAsync(body, attributes, delay, cancellationToken));
}
