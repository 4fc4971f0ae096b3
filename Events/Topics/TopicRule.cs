using Events.Envelopes;

namespace Events;

/// <summary>What the decoder looks for in the event body of a topic.</summary>
internal sealed class TopicRule
{
    public const int EventTimeSlot = 0;
    private const string EventTime = "eventTime";
    private const string ConversationId = "conversationId";
    private const string ParticipantId = "participantId";
    private const string SessionId = "sessionId";

    /// <param name="Match">A whole topic name, or its beginning if it ends with a dot.</param>
    /// <param name="Subject">The member that holds the subject's id and must be there; without one the id is taken from the topic name.</param>
    /// <param name="Apart">The members that, beside those every topic has, tell two events of the topic apart.</param>
    /// <param name="Times">Where there is no eventTime: the members of which the latest is the time of the event.</param>
    public TopicRule(string Match, string? Subject = null, string[]? Apart = null, string[]? Times = null)
    {
        string[] notSubject = Subject == ConversationId ? [] : [ConversationId];
        string[] apart = [ParticipantId, SessionId, .. notSubject, .. Apart ?? []];
        var times = Times ?? [];

        this.Match = Match;
        this.Subject = Subject;
        Paths = [.. new[] { EventTime, ConversationId }.Concat(apart).Concat(times).Distinct(StringComparer.Ordinal)];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Paths.Count, BodyReader.SlotsMax);
        SubjectSlot = Subject is null ? -1 : Paths.IndexOf(Subject);
        ConversationSlot = Paths.IndexOf(ConversationId);
        ParticipantSlot = Paths.IndexOf(ParticipantId);
        ApartSlots = [.. apart.Select(path => Paths.IndexOf(path))];
        TimeSlots = [.. times.Select(path => Paths.IndexOf(path))];
        Tree = MemberTree.Of(Paths);
    }

    public string Match { get; }

    public string? Subject { get; }

    /// <summary>A path's place in this list is its slot.</summary>
    public List<string> Paths { get; }

    public int SubjectSlot { get; }

    public int ConversationSlot { get; }

    public int ParticipantSlot { get; }

    public int[] ApartSlots { get; }

    public int[] TimeSlots { get; }

    public MemberTree Tree { get; }

    public bool Matches(string topic) =>
        Match.EndsWith('.') ? topic.StartsWith(Match, StringComparison.Ordinal) : topic == Match;
}
