using System.Globalization;
using Operations.Overview;

namespace Operations.Tests.Overview;

public sealed class ChartLinesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 19, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_nobody_told_is_a_gap_and_no_zero()
    {
        double?[] told = [null, 3, 4, null, null, 5, null];

        var lines = ChartLines.Of(
            [.. told.Select((value, index) => new Sample { At = Now.AddSeconds(index), LagSeconds = value })],
            sample => sample.LagSeconds
        );

        Assert.Equal(["-5:3 -4:4", "-1:5"], lines.Select(Text));
    }

    [Fact]
    public void A_number_that_nobody_tells_has_no_line() =>
        Assert.Empty(ChartLines.Of([new Sample { At = Now }], sample => sample.LagSeconds));

    [Fact]
    public void A_queue_is_not_empty_for_as_long_as_no_look_met_it_empty()
    {
        var backlog = new QueueBacklog();
        int[] waiting = [3, 2, 0, 1, 7];

        var ages = waiting.Select((count, index) => backlog.Look(Now.AddSeconds(index), count).TotalSeconds).ToList();

        Assert.Equal([0, 1, 0, 1, 2], ages);
    }

    private static string Text(IReadOnlyList<ChartPoint> line) =>
        string.Join(
            ' ',
            line.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Seconds}:{point.Value}"))
        );
}
