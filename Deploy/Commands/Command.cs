namespace Deploy.Commands;

/// <summary>What the command line asks for.</summary>
internal abstract record Command
{
    private Command() { }

    /// <summary>Write the templates of these shapes, and that of the artifacts, into a folder.</summary>
    internal sealed record Synth(string Output, IReadOnlyList<Shape> Shapes) : Command;

    /// <summary>Say how the templates in a folder differ from what would be written now.</summary>
    internal sealed record Diff(string Output, IReadOnlyList<Shape> Shapes) : Command;

    /// <summary>What a month costs.</summary>
    internal sealed record Cost(IReadOnlyList<long> EventsPerMonth) : Command;

    /// <param name="Fault">What is wrong with the command line; null when help was asked for.</param>
    internal sealed record Help(string? Fault) : Command;
}
