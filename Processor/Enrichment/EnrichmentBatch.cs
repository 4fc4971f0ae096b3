namespace Processor.Enrichment;

/// <summary>Distinct conversations and the messages that asked for each. Bounded in both.</summary>
internal sealed class EnrichmentBatch(int conversationsMax)
{
    /// <summary>A conversation has some six boundaries; more messages than that are not worth waiting for.</summary>
    private const int MessagesPerConversationMax = 6;

    private readonly Dictionary<string, List<EnrichmentRequest>> _requests = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> ConversationIds => _requests.Keys;

    public IEnumerable<EnrichmentRequest> Requests => _requests.Values.SelectMany(requests => requests);

    public int Messages { get; private set; }

    /// <summary>Room for one more receive of conversations that are all new.</summary>
    public int Room =>
        Messages >= conversationsMax * MessagesPerConversationMax ? 0 : Math.Max(0, conversationsMax - _requests.Count);

    public void Add(EnrichmentRequest request)
    {
        if (!_requests.TryGetValue(request.ConversationId, out var requests))
        {
            _requests.Add(request.ConversationId, requests = []);
        }

        // The same message twice in a receive: the newer handle is the one that works.
        requests.RemoveAll(known => known.Message.MessageId == request.Message.MessageId);
        requests.Add(request);
        Messages = Requests.Count();
    }

    public IReadOnlyList<EnrichmentRequest> Of(string conversationId) => _requests[conversationId];
}
