using System.Globalization;

namespace Bench.Draining;

/// <summary>The same drain so many times: the median says what it takes, the range how sure that is.</summary>
internal sealed record Rounds(string Name, IReadOnlyList<DrainResult> Results)
{
    public double Median(Func<DrainResult, double> of)
    {
        var ordered = Results.Select(of).Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }

    /// <summary>The median and, where there is more than one, the least and the most.</summary>
    public string Text(Func<DrainResult, double> of, string format = "N0")
    {
        var median = In(Median(of), format);
        return Results.Count == 1 ? median : $"{median} ({In(Results.Min(of), format)}–{In(Results.Max(of), format)})";
    }

    public string MedianText(Func<DrainResult, double> of, string format = "N0") => In(Median(of), format);

    private static string In(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
