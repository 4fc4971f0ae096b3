using GenesysMock.Traffic;

namespace GenesysMock.Answers;

/// <summary>What a participant's session consisted of: alert, interact, wrapup, …</summary>
internal static class DetailsSegments
{
    public static IEnumerable<object> Of(AnalyticsView view, Participant participant) =>
        All(view, participant).Where(segment => view.IsPast(segment.Start)).Select(segment => Write(view, segment));

    private static IEnumerable<Segment> All(AnalyticsView view, Participant participant)
    {
        var whole = new Segment(
            TypeOf(participant),
            participant.StartsAt,
            participant.EndsAt,
            participant.Queue?.Id,
            participant.DisconnectType
        );
        if (participant.AnsweredAt is not { } answered)
        {
            yield return whole;
            yield break;
        }

        yield return whole with
        {
            Type = "alert",
            End = answered,
            DisconnectType = null,
        };
        yield return whole with
        {
            Type = "interact",
            Start = answered,
        };
        if (view.WrapUpOf(participant) is { } wrapUp)
        {
            yield return new Segment(
                "wrapup",
                wrapUp.EndsAt - wrapUp.Duration,
                wrapUp.EndsAt,
                participant.Queue?.Id,
                WrapUp: wrapUp
            );
        }
    }

    private static string TypeOf(Participant participant) =>
        participant.Purpose switch
        {
            Purpose.Ivr => "ivr",
            Purpose.Agent => "alert",
            _ => "interact",
        };

    private static object Write(AnalyticsView view, Segment segment)
    {
        var ended = view.IsPast(segment.End);
        return new
        {
            SegmentStart = JsonText.Iso(segment.Start),
            SegmentEnd = view.IfPast(segment.End),
            segment.QueueId,
            SegmentType = segment.Type,
            Conference = false,
            DisconnectType = ended && segment.DisconnectType is { } type ? Spelling.OfDisconnect(type) : null,
            WrapUpCode = segment.WrapUp?.Code.Id,
            WrapUpNote = segment.WrapUp?.Notes,
        };
    }

    private sealed record Segment(
        string Type,
        DateTimeOffset Start,
        DateTimeOffset End,
        string? QueueId,
        string? DisconnectType = null,
        WrapUp? WrapUp = null
    );
}
