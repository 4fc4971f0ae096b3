using System.Text;
using Events;
using Proof.Emitting;

namespace Proof.Comparing;

/// <summary>What must be found: each event under its key, each poison body among the dead letters.</summary>
internal sealed class Truth
{
    private const string WriteBackTrigger = "v2.detail.events.conversation.{id}.customer.end";

    /// <summary>Table key to the moment of the first publish.</summary>
    public Dictionary<(string Subject, string Sort), DateTimeOffset> Events { get; } = [];

    public HashSet<string> EventKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>Poison body to how often it was sent and was or may have been accepted.</summary>
    public Dictionary<string, int> Poison { get; } = new(StringComparer.Ordinal);

    /// <summary>What must be written to participants: the event's key, under the natural key of the event in the claim.</summary>
    public Dictionary<(string ConversationId, string ParticipantId, string Value), string> WriteBacks { get; } = [];

    /// <summary>Conversations that reached a boundary: each must have a summary.</summary>
    public HashSet<string> Conversations { get; } = new(StringComparer.Ordinal);

    public long Deliveries { get; private set; }

    public int Distinct => Events.Count + Poison.Count;

    public void Add(TruthLine line)
    {
        Deliveries += line.Deliveries;
        if (line.Kind == "poison")
        {
            Poison.Add(line.Envelope, line.Deliveries + line.InDoubt);
            return;
        }

        if (Decode(line.Envelope) is not Decoded.Event { Value: var genesysEvent })
        {
            throw new InvalidOperationException("The mock calls something an event that does not decode as one.");
        }

        Events.Add((genesysEvent.Subject, genesysEvent.SortKey), line.FirstPublishedAt);
        EventKeys.Add(genesysEvent.EventKey);
        if (
            genesysEvent is { ConversationId: { } conversation, ParticipantId: { } participant }
            && genesysEvent.Topic.Name == WriteBackTrigger
        )
        {
            WriteBacks.Add((conversation, participant, genesysEvent.EventKey), genesysEvent.NaturalKey);
        }

        if (genesysEvent is { Topic.IsBoundary: true, ConversationId: { } conversationId })
        {
            Conversations.Add(conversationId);
        }
    }

    /// <summary>Whether a message is an event of this run, under whatever envelope. An earlier run's or another sender's is not.</summary>
    public bool IsEvent(string body) =>
        Decode(body) is Decoded.Event { Value: var genesysEvent } && EventKeys.Contains(genesysEvent.EventKey);

    private static Decoded Decode(string envelope) => EventDecoder.Decode(Encoding.UTF8.GetBytes(envelope));
}
