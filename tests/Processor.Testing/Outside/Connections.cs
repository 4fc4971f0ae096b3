using Events;
using Events.DeadLetters;
using Processor.Announcing;
using Processor.Effects;
using Processor.Receiving;
using Processor.Recording;
using Processor.Settlement;
using Processor.Testing.World;

namespace Processor.Testing.Outside;

/// <summary>
/// The lines from one process to what all processes share. A request of a process that dies has left all the same; its answer
/// reaches nobody.
/// </summary>
internal static class Connections
{
    public static async Task<T> CallAsync<T>(this Lifeline life, string operation, Func<Task<T>> call)
    {
        life.Watch?.Asks(operation);
        await life.PassAsync();
        try
        {
            return await call();
        }
        finally
        {
            life.Watch?.Hears(operation);
            await life.PassAsync();
        }
    }
}

internal sealed class QueueConnection(IEventQueue queue, Lifeline life) : IEventQueue
{
    public Task<ReceiveAnswer> ReceiveAsync(int max, CancellationToken cancellationToken) =>
        life.CallAsync(nameof(ReceiveAsync), () => queue.ReceiveAsync(max, cancellationToken));

    public Task<DeleteAnswer[]> DeleteAsync(
        IReadOnlyList<ReceivedMessage> messages,
        CancellationToken cancellationToken
    ) => life.CallAsync(nameof(DeleteAsync), () => queue.DeleteAsync(messages, cancellationToken));

    public Task<VisibilityAnswer[]> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes,
        CancellationToken cancellationToken
    ) => life.CallAsync(nameof(ChangeVisibilityAsync), () => queue.ChangeVisibilityAsync(changes, cancellationToken));

    public Task<bool> SendAgainAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        TimeSpan delay,
        CancellationToken cancellationToken
    ) => life.CallAsync(nameof(SendAgainAsync), () => queue.SendAgainAsync(body, attributes, delay, cancellationToken));
}

internal sealed class TableConnection(IEventTable table, Lifeline life) : IEventTable
{
    public Task<WriteAnswer> WriteAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken) =>
        life.CallAsync(nameof(WriteAsync), () => table.WriteAsync(items, cancellationToken));
}

internal sealed class ClaimsConnection(IClaimStore claims, Lifeline life) : IClaimStore
{
    public Task<ClaimAnswer> ClaimAsync(
        string key,
        string bodyHash,
        TimeSpan lease,
        CancellationToken cancellationToken
    ) => life.CallAsync(nameof(ClaimAsync), () => claims.ClaimAsync(key, bodyHash, lease, cancellationToken));

    public Task<ClaimWrite> RenewAsync(ClaimTicket ticket, TimeSpan lease, CancellationToken cancellationToken) =>
        life.CallAsync(nameof(RenewAsync), () => claims.RenewAsync(ticket, lease, cancellationToken));

    public Task<ClaimWrite> CompleteAsync(ClaimTicket ticket, string result, CancellationToken cancellationToken) =>
        life.CallAsync(nameof(CompleteAsync), () => claims.CompleteAsync(ticket, result, cancellationToken));

    public Task<ClaimWrite> ReleaseAsync(ClaimTicket ticket, CancellationToken cancellationToken) =>
        life.CallAsync(nameof(ReleaseAsync), () => claims.ReleaseAsync(ticket, cancellationToken));

    public Task<ClaimWrite> MarkAmbiguousAsync(
        ClaimTicket ticket,
        string reason,
        TimeSpan mayStillHappenFor,
        CancellationToken cancellationToken
    ) =>
        life.CallAsync(
            nameof(MarkAmbiguousAsync),
            () => claims.MarkAmbiguousAsync(ticket, reason, mayStillHappenFor, cancellationToken)
        );

    public Task<ClaimWrite> KeepDoubtAsync(
        ClaimTicket ticket,
        string reason,
        DateTimeOffset lookedAt,
        CancellationToken cancellationToken
    ) =>
        life.CallAsync(
            nameof(KeepDoubtAsync),
            () => claims.KeepDoubtAsync(ticket, reason, lookedAt, cancellationToken)
        );
}

internal sealed class AttemptsConnection(IAttemptStore attempts, Lifeline life) : IAttemptStore
{
    public Task<AttemptAnswer> CountAsync(string key, FailureClass failureClass, CancellationToken cancellationToken) =>
        life.CallAsync(nameof(CountAsync), () => attempts.CountAsync(key, failureClass, cancellationToken));
}

internal sealed class DeadLettersConnection(IDeadLetterQueue deadLetters, Lifeline life) : IDeadLetterQueue
{
    public Task<bool> SendAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        FifoPlace? place,
        CancellationToken cancellationToken
    ) => life.CallAsync("BuryAsync", () => deadLetters.SendAsync(body, attributes, place, cancellationToken));
}

internal sealed class EnrichmentConnection(IEnrichmentRequests requests, Lifeline life) : IEnrichmentRequests
{
    public Task<bool[]> SendAsync(
        IReadOnlyList<string> conversationIds,
        TimeSpan delay,
        CancellationToken cancellationToken
    ) => life.CallAsync("AnnounceAsync", () => requests.SendAsync(conversationIds, delay, cancellationToken));
}

internal sealed class EffectConnection(IEffectHandler handler, Lifeline life) : IEffectHandler
{
    public string Name => handler.Name;

    public bool Handles(GenesysEvent genesysEvent) => handler.Handles(genesysEvent);

    public EffectAnswer.Deferred? MustWait(GenesysEvent genesysEvent) => handler.MustWait(genesysEvent);

    public Task<EffectAnswer> ApplyAsync(GenesysEvent genesysEvent, DateTimeOffset notAfter, CancellationToken lost) =>
        life.CallAsync(nameof(ApplyAsync), () => handler.ApplyAsync(genesysEvent, notAfter, lost));

    public Task<EffectFinding> FindOutAsync(GenesysEvent genesysEvent, CancellationToken lost) =>
        life.CallAsync(nameof(FindOutAsync), () => handler.FindOutAsync(genesysEvent, lost));
}
