namespace Aspire.Hosting.Processes;

/// <summary>All that the operating system needs to start a program.</summary>
internal sealed record LaunchedProgram(
    string Path,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment
);
