namespace Bench.Reporting;

/// <summary>What the bench has to say, as it becomes known, in Markdown.</summary>
internal sealed class Report(TextWriter output)
{
    public void Heading(string text) => output.WriteLine($"## {text}{Environment.NewLine}");

    public void Add(Table table) => output.WriteLine(table);

    public void Add(string line) => output.WriteLine($"{line}{Environment.NewLine}");
}
