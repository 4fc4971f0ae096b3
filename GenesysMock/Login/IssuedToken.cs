namespace GenesysMock.Login;

/// <summary>An access token. Only <see cref="Alias"/> may be shown; the token itself is compared and nothing else.</summary>
internal sealed class IssuedToken(string alias, string clientId, DateTimeOffset expiresAt)
{
    private volatile bool _revoked;

    /// <summary>token-1, token-2, … in the order of minting: what the truth calls it.</summary>
    public string Alias { get; } = alias;

    public string ClientId { get; } = clientId;

    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    public bool Revoked => _revoked;

    public void Revoke() => _revoked = true;
}
