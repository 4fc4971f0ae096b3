using Processor.Announcing;
using Processor.Testing.World;

namespace Processor.Testing.Outside;

/// <summary>The queue <c>conversation-enrichment</c> in memory.</summary>
internal sealed class FakeEnrichmentRequests(TimeProvider time, Random random) : IEnrichmentRequests
{
    private readonly Lock _gate = new();
    private readonly List<(string ConversationId, DateTimeOffset VisibleAt)> _requests = [];

    public Faults Faults { get; } = new(time, random);

    public IReadOnlyList<(string ConversationId, DateTimeOffset VisibleAt)> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public Task<bool[]> SendAsync(
        IReadOnlyList<string> conversationIds,
        TimeSpan delay,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(conversationIds.Count, 10);
        return Asking.AskAsync(
            async () =>
            {
                var fault = await Faults.ArriveAsync(nameof(SendAsync), isBatch: true);
                var sent = new bool[conversationIds.Count];
                if (fault != Fault.Away)
                {
                    var unserved = Faults.Unserved(fault, sent.Length);
                    lock (_gate)
                    {
                        for (var position = 0; position < sent.Length; position++)
                        {
                            if (!unserved[position])
                            {
                                _requests.Add((conversationIds[position], time.GetUtcNow() + delay));
                                sent[position] = fault != Fault.AnswerLost;
                            }
                        }
                    }
                }

                await Faults.TravelAsync();
                return sent;
            },
            cancellationToken
        );
    }
}
