using Bench.Endpoints;

namespace Bench.Bursting;

/// <summary>From the moment an event was due until the table's answer to its write; both clocks are this machine's.</summary>
internal sealed class Delays(WriteAnswers writes)
{
    /// <returns>Milliseconds of each event that was sent, the shortest first.</returns>
    public IReadOnlyList<double> Of(Phase phase)
    {
        List<double> delays =
        [
            .. writes
                .All.Where(write => write.PublishedMs >= Ms(phase.From) && write.PublishedMs < Ms(phase.To))
                .Select(write =>
                    (write.AnsweredAt - DateTimeOffset.FromUnixTimeMilliseconds(write.PublishedMs)).TotalMilliseconds
                )
                .Order(),
        ];
        return delays.Count == phase.Sent
            ? delays
            : throw new BenchException($"{delays.Count} of {phase.Sent} events were timed.");
    }

    public static double Percentile(IReadOnlyList<double> ordered, double part) =>
        ordered.Count == 0 ? 0 : ordered[(int)(part * (ordered.Count - 1))];

    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
