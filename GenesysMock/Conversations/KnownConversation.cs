using System.Collections.Immutable;
using GenesysMock.Traffic;

namespace GenesysMock.Conversations;

/// <summary>A conversation that has been published, and what the API has been told about it since.</summary>
internal sealed class KnownConversation(Conversation conversation, DateTimeOffset knownSince)
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<string, ImmutableDictionary<string, string>> _patched = ImmutableDictionary<
        string,
        ImmutableDictionary<string, string>
    >.Empty;

    public Conversation Conversation { get; } = conversation;

    /// <summary>When its first event was published. How far analytics lag is counted from here.</summary>
    public DateTimeOffset KnownSince { get; } = knownSince;

    /// <summary>Sets attributes of a participant; false when every one of them had that value already.</summary>
    public bool Patch(string participantId, ImmutableDictionary<string, string> values)
    {
        lock (_lock)
        {
            var before = _patched.GetValueOrDefault(participantId, ImmutableDictionary<string, string>.Empty);
            var changes = values.Any(pair => before.GetValueOrDefault(pair.Key) != pair.Value);
            _patched = _patched.SetItem(participantId, before.SetItems(values));
            return changes;
        }
    }

    /// <summary>What events set up to now, and on top of it what was patched.</summary>
    public ImmutableDictionary<string, string> AttributesOf(Participant participant, DateTimeOffset now)
    {
        lock (_lock)
        {
            return participant
                .Attributes.Where(change => change.At <= now)
                .Aggregate(ImmutableDictionary<string, string>.Empty, (all, change) => all.SetItems(change.Values))
                .SetItems(
                    _patched.GetValueOrDefault(
                        participant.Party.ParticipantId,
                        ImmutableDictionary<string, string>.Empty
                    )
                );
        }
    }
}
