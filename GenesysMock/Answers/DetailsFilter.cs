using GenesysMock.Traffic;

namespace GenesysMock.Answers;

/// <summary>A filter of a details query: predicates joined by <c>and</c> or <c>or</c>.</summary>
internal static class DetailsFilter
{
    public const string Known =
        "conversationId, mediaType, queueId or userId with operator matches, or conversationEnd with exists or notExists";

    /// <summary>Null when it asks for something that is not known here: better refused than quietly ignored.</summary>
    public static Predicate<AnalyticsView>? Read(FilterBody filter)
    {
        var predicates = (filter.Predicates ?? []).Select(Read).ToList();
        if (predicates.Contains(null))
        {
            return null;
        }

        return filter.Type is "or"
            ? view => predicates.Exists(predicate => predicate!(view))
            : view => predicates.TrueForAll(predicate => predicate!(view));
    }

    private static Predicate<AnalyticsView>? Read(PredicateBody predicate) =>
        (predicate.Dimension, predicate.Operator ?? "matches") switch
        {
            ("conversationEnd", "exists") => view => view.IsPast(view.Conversation.End),
            ("conversationEnd", "notExists") => view => !view.IsPast(view.Conversation.End),
            ("conversationId", "matches") => view => view.Conversation.Id == predicate.Value,
            ("mediaType", "matches") => view => view.Conversation.Media.LowerCode == predicate.Value,
            ("queueId", "matches") => AnyParticipant(participant => participant.Queue?.Id == predicate.Value),
            ("userId", "matches") => AnyParticipant(participant => participant.User?.Id == predicate.Value),
            _ => null,
        };

    private static Predicate<AnalyticsView> AnyParticipant(Func<Participant, bool> matches) =>
        view => view.Conversation.Participants.Any(one => view.IsPast(one.StartsAt) && matches(one));
}
