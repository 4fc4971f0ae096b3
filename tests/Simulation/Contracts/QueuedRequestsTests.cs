using System.Text.Json;
using Processor.Announcing;
using Processor.Receiving;
using Processor.Testing.Outside;
using Processor.Testing.World;
using Processor.Tests.Contracts;
using Simulation.Tables;

namespace Simulation.Contracts;

/// <summary>The way to the enrichment queue of a history, held to what the real one is held to.</summary>
public sealed class QueuedRequestsTests : EnrichmentRequestsContract
{
    private readonly FakeEventQueue _queue = new(TimeProvider.System, new Random(1));
    private readonly Faults _faults = new(TimeProvider.System, new Random(1));

    private protected override Task<IEnrichmentRequests> NewRequestsAsync() =>
        Task.FromResult<IEnrichmentRequests>(new QueuedRequests(_queue, _faults));

    private protected override Task<IEnrichmentRequests> NewMissingRequestsAsync()
    {
        _faults.IsAway = true;
        return NewRequestsAsync();
    }

    private protected override async Task<IReadOnlyList<string>> ReadAllAsync()
    {
        var answer = Assert.IsType<ReceiveAnswer.Messages>(
            await _queue.ReceiveAsync(10, TestContext.Current.CancellationToken)
        );
        return [.. answer.Received.Select(message => ConversationIdOf(message.Body))];
    }

    private static string ConversationIdOf(string body)
    {
        using var request = JsonDocument.Parse(body);
        return request.RootElement.GetProperty("conversationId").GetString()!;
    }
}
