namespace Operations.Overview;

/// <summary>Lines of a chart, over the seconds before now. Where nobody told a number there is a gap and no zero. Pure.</summary>
internal static class ChartLines
{
    public static IReadOnlyList<IReadOnlyList<ChartPoint>> Of(
        IReadOnlyList<Sample> samples,
        Func<Sample, double?> value
    )
    {
        var lines = new List<IReadOnlyList<ChartPoint>>();
        List<ChartPoint>? line = null;
        foreach (var sample in samples)
        {
            if (value(sample) is not { } known)
            {
                line = null;
                continue;
            }

            if (line is null)
            {
                lines.Add(line = []);
            }

            line.Add(new ChartPoint((sample.At - samples[^1].At).TotalSeconds, known));
        }

        return lines;
    }
}

/// <param name="Seconds">Before the last sample; negative.</param>
internal sealed record ChartPoint(double Seconds, double Value);
