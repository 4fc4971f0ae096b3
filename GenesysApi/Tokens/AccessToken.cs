using System.Diagnostics;

namespace GenesysApi.Tokens;

/// <summary>A bearer token and its number among those this process was given. Its text never prints itself.</summary>
/// <param name="Generation">Tells a token from its successor, without comparing secrets.</param>
[DebuggerDisplay("(redacted)")]
internal sealed record AccessToken(Secret Value, int Generation, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    public override string ToString() => "(redacted)";
}
