namespace Aspire.Hosting.ApplicationModel;

public static class KnownResourceStates
{
    /// <summary>Waits for another resource.</summary>
    public static readonly string Waiting = nameof(Waiting);

    public static readonly string Starting = nameof(Starting);

    public static readonly string Running = nameof(Running);

    public static readonly string Stopping = nameof(Stopping);

    /// <summary>It was stopped.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>It ended by itself; the exit code says how.</summary>
    public static readonly string Finished = nameof(Finished);

    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>It is there, but nothing of it runs: a parameter.</summary>
    public static readonly string Active = nameof(Active);

    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}
