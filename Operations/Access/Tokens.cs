using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using GenesysApi.Tokens;

namespace Operations.Access;

/// <summary>The tokens that let somebody in, and who comes with each.</summary>
internal sealed class Tokens
{
    private readonly byte[]? _operator;
    private readonly byte[]? _reader;

    public Tokens(AccessOptions options)
    {
        if (options.Token is null && options.OpenId.Authority is null)
        {
            Made = new Secret(RandomNumberGenerator.GetHexString(32, lowercase: true));
        }

        _operator = DigestOf(options.Token ?? Made);
        _reader = DigestOf(options.ReadOnlyToken);
    }

    /// <summary>Nobody configured a way in: it has to be told to the person who started the process. Null where there is one.</summary>
    public Secret? Made { get; }

    /// <summary>Whether a token lets anybody in; if not, a provider does.</summary>
    public bool LetIn => _operator is not null || _reader is not null;

    /// <returns>Who that is; null if nobody. Takes the same time for every wrong token.</returns>
    public ClaimsIdentity? Identify(string? token, string scheme)
    {
        var digest = Digest(token ?? "");
        var isOperator = _operator is not null && CryptographicOperations.FixedTimeEquals(digest, _operator);
        var isReader = _reader is not null && CryptographicOperations.FixedTimeEquals(digest, _reader);
        return isOperator ? Identity("operator (token)", Roles.Operator, scheme)
            : isReader ? Identity("reader (token)", Roles.Reader, scheme)
            : null;
    }

    public static ClaimsIdentity Identity(string name, string role, string scheme) =>
        new([new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role)], scheme);

    /// <summary>
    /// Tells the token that a role is let in with from the one that was in its place before. Keyed with the token: who reads the mark
    /// learns nothing of it.
    /// </summary>
    public string MarkOf(string? role) =>
        role switch
        {
            Roles.Operator when _operator is not null => Mark(_operator, Roles.Operator),
            Roles.Reader when _reader is not null => Mark(_reader, Roles.Reader),
            _ => "none",
        };

    public static string MarkWith(string secret, string text) => Mark(Digest(secret), text);

    private static string Mark(byte[] key, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    private static byte[]? DigestOf(Secret? token) => token is null ? null : Digest(token.Reveal());

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
