namespace GenesysMock.Limits;

/// <summary>One limit as it applies to one request.</summary>
/// <param name="Scope">Whose window it is: a token's alias, a client, the organization, an endpoint.</param>
internal sealed record RateLimit(
    string Namespace,
    string Key,
    string Scope,
    int Allowed,
    TimeSpan Window,
    TimeSpan? RetryAfter = null
);

/// <summary>Whether a request may pass, and what its answer tells about the token's window in any case.</summary>
internal abstract record Admission
{
    private Admission(WindowReading window) => Window = window;

    public WindowReading Window { get; }

    internal sealed record Passed(WindowReading Reading) : Admission(Reading);

    /// <param name="Limit">The limit that was exceeded; not always the token's.</param>
    internal sealed record Refused(WindowReading Reading, RateLimit Limit, TimeSpan RetryAfter) : Admission(Reading);
}

/// <summary>What the headers <c>inin-ratelimit-*</c> say.</summary>
internal sealed record WindowReading(int Count, int Allowed, int ResetSeconds);
