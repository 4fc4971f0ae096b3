using GenesysMock.Traffic;

namespace GenesysMock.Answers;

/// <summary>The numbers of a participant's session. Each appears when it is final.</summary>
internal static class DetailsMetrics
{
    public static IEnumerable<object> Of(AnalyticsView view, Participant participant) =>
        All(view, participant)
            .Where(metric => view.IsPast(metric.At))
            .Select(metric => new
            {
                metric.Name,
                metric.Value,
                EmitDate = JsonText.Iso(metric.At),
            });

    private static IEnumerable<Metric> All(AnalyticsView view, Participant participant)
    {
        var (start, end) = (participant.StartsAt, participant.EndsAt);
        return participant.Purpose switch
        {
            Purpose.Customer => [Count("nConnected", start), Duration("tConnected", start, end)],
            Purpose.Ivr => [Count("nFlow", start), Duration("tIvr", start, end)],
            Purpose.Acd when participant.User is null =>
            [
                Count("nOffered", start),
                Duration("tAcd", start, end),
                Duration("tAbandon", start, end),
            ],
            Purpose.Acd => [Count("nOffered", start), Duration("tAcd", start, end)],
            _ => OfAgent(view, participant),
        };
    }

    private static IEnumerable<Metric> OfAgent(AnalyticsView view, Participant agent)
    {
        yield return Duration("tAlert", agent.StartsAt, agent.AnsweredAt ?? agent.EndsAt);
        if (agent.AnsweredAt is not { } answered)
        {
            yield break;
        }

        yield return Duration("tTalk", answered, agent.EndsAt);
        yield return Duration("tTalkComplete", answered, agent.EndsAt);
        if (view.WrapUpOf(agent) is { } wrapUp)
        {
            yield return new Metric("tAcw", Milliseconds(wrapUp.Duration), wrapUp.EndsAt);
            yield return new Metric("tHandle", Milliseconds(agent.EndsAt - answered + wrapUp.Duration), wrapUp.EndsAt);
        }
    }

    private static Metric Count(string name, DateTimeOffset at) => new(name, 1, at);

    private static Metric Duration(string name, DateTimeOffset start, DateTimeOffset end) =>
        new(name, Milliseconds(end - start), end);

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    private sealed record Metric(string Name, long Value, DateTimeOffset At);
}
