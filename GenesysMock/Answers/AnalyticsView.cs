using GenesysMock.Conversations;
using GenesysMock.Traffic;

namespace GenesysMock.Answers;

/// <summary>What analytics know of a conversation at one moment.</summary>
internal sealed class AnalyticsView(KnownConversation known, DateTimeOffset now, TimeSpan wrapUpLag)
{
    public Conversation Conversation => known.Conversation;

    public DateTimeOffset Now => now;

    public bool IsPast(DateTimeOffset time) => time <= now;

    public string? IfPast(DateTimeOffset time) => IsPast(time) ? JsonText.Iso(time) : null;

    public WrapUp? WrapUpOf(Participant participant)
    {
        if (participant.WrapUp is not { } wrapUp)
        {
            return null;
        }

        // A run of the past is published after it happened; nobody can have known before.
        var made = wrapUp.EndsAt > known.KnownSince ? wrapUp.EndsAt : known.KnownSince;
        return IsPast(made + wrapUpLag) ? wrapUp : null;
    }

    /// <summary>The end of the last wrap-up that is known, for it is part of the conversation; else when the customer left.</summary>
    public DateTimeOffset End =>
        Conversation
            .Participants.Select(participant => WrapUpOf(participant)?.EndsAt ?? Conversation.End)
            .Append(Conversation.End)
            .Max();
}
