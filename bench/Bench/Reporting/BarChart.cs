using System.Globalization;
using System.Text;
using Testing;

namespace Bench.Reporting;

/// <summary>One horizontal bar a candidate, as an SVG that is read in light and in dark.</summary>
internal static class BarChart
{
    private const int Width = 720;
    private const int RowHeight = 30;
    private const int Left = 150;
    private const int Top = 44;
    private const int Room = 70;

    /// <param name="fileName">In bench/, beside the page that shows it.</param>
    /// <param name="title">What the bars are.</param>
    /// <param name="bars">The first is ours.</param>
    public static void Save(string fileName, string title, IReadOnlyList<(string Name, double Value)> bars) =>
        File.WriteAllText(Repository.PathOf("bench", fileName), Of(title, bars));

    private static string Of(string title, IReadOnlyList<(string Name, double Value)> bars)
    {
        var most = bars.Max(bar => bar.Value);
        var svg = new StringBuilder();
        svg.AppendLine(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Top
                + RowHeight * bars.Count}" font-family="sans-serif" font-size="14" fill="#6b7280">
              <text x="8" y="24" font-size="16">{title}</text>
            """
        );
        for (var row = 0; row < bars.Count; row++)
        {
            var (name, value) = bars[row];
            var y = Top + RowHeight * row;
            var width = value / most * (Width - Left - Room);
            svg.AppendLine(
                CultureInfo.InvariantCulture,
                $"""
                  <text x="{Left - 10}" y="{y + 15}" text-anchor="end">{name}</text>
                  <rect x="{Left}" y="{y}" width="{width:F1}" height="20" rx="3" fill="{(
                    row == 0 ? "#ea580c" : "#94a3b8"
                )}"/>
                  <text x="{Left + width + 8:F1}" y="{y + 15}">{value:N0}</text>
                """
            );
        }

        svg.AppendLine("</svg>");
        return svg.ToString();
    }
}
