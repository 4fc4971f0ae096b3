namespace GenesysApi.Tokens;

/// <summary>What came of asking for a token.</summary>
internal abstract record TokenOutcome
{
    private TokenOutcome() { }

    public sealed record Issued(AccessToken Token) : TokenOutcome;

    /// <summary>The token endpoint has a limit of its own, and answers it with 400.</summary>
    public sealed record Throttled(DateTimeOffset Until) : TokenOutcome;

    /// <summary>The credentials are wrong, or a token that was just issued is not accepted.</summary>
    public sealed record Refused(DateTimeOffset Until, string Code) : TokenOutcome;

    /// <summary>No answer, or a server error.</summary>
    public sealed record Unavailable(DateTimeOffset Until, string Reason) : TokenOutcome;
}
