namespace Bench.Reporting;

/// <summary>What the bench has to say, as it becomes known, in Markdown; signs of life go elsewhere.</summary>
internal sealed class Report(TextWriter output, TextWriter progress)
{
    public void Heading(string text) => output.WriteLine($"## {text}{Environment.NewLine}");

    /// <summary>A sign of life between two tables.</summary>
    public void Done(string run) => progress.WriteLine($"- {run}");

    public void Add(Table table) => output.WriteLine(table);

    public void Add(string line) => output.WriteLine($"{line}{Environment.NewLine}");
}
