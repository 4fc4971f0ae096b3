using System.Globalization;

namespace Bench.Reporting;

/// <summary>What the bench has to say, as it becomes known, in Markdown; signs of life go elsewhere.</summary>
internal sealed class Report(TextWriter output, TextWriter progress)
{
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    public void Heading(string text) => output.WriteLine($"## {text}{Environment.NewLine}");

    /// <summary>A sign of life between two tables.</summary>
    public void Done(string run) => progress.WriteLine($"- {run}");

    /// <summary>Until it is disposed, says now and then how much of the work is done.</summary>
    public IDisposable TellsOf(Func<int> done, int goal) =>
        TimeProvider.System.CreateTimer(
            _ => Done(string.Create(CultureInfo.InvariantCulture, $"  {done():N0} of {goal:N0}")),
            state: null,
            SignOfLife,
            SignOfLife
        );

    public void Add(Table table) => output.WriteLine(table);

    public void Add(string line) => output.WriteLine($"{line}{Environment.NewLine}");

    public static string Times(int rounds) => rounds == 1 ? "once" : $"median of {rounds} rounds (least–most)";
}
