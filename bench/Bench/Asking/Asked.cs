namespace Bench.Asking;

/// <summary>What somebody wants of the bench.</summary>
internal abstract record Asked
{
    private Asked() { }

    internal sealed record Measure(CommandLine CommandLine) : Asked;

    internal sealed record Help(string Text) : Asked;

    /// <param name="Fault">A sentence.</param>
    /// <param name="Text">What would be right.</param>
    internal sealed record Nonsense(string Fault, string Text) : Asked;
}
