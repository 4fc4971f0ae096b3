using System.Text;

namespace Bench.Reporting;

/// <summary>A Markdown table whose columns are as wide as their widest cell, for people and for the README.</summary>
internal sealed class Table(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        var widths = Enumerable
            .Range(0, header.Length)
            .Select(column => _rows.Max(row => row[column].Length))
            .ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            text.AppendLine(Line(row, widths));
            if (row == header)
            {
                text.AppendLine(Line([.. widths.Select(RulerOf)], widths));
            }
        }

        return text.ToString();
    }

    /// <summary>Names stand to the left, numbers to the right.</summary>
    private static string Line(string[] cells, int[] widths) =>
        $"| {string.Join(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))} |";

    private static string RulerOf(int width, int column) =>
        column == 0 ? new('-', width) : $"{new string('-', Math.Max(2, width - 1))}:";
}
