using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace GenesysMock.Login;

/// <summary>Which tokens there are. Opaque to everybody else, as the platform's are.</summary>
internal sealed class TokenStore(TimeProvider time, IOptions<LoginOptions> options)
{
    private readonly ConcurrentDictionary<string, IssuedToken> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _oldestFirst = new();
    private int _minted;

    public int Minted => Volatile.Read(ref _minted);

    public string Mint(string clientId, TimeSpan lifetime)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(48));
        var number = Interlocked.Increment(ref _minted);
        var alias = string.Create(CultureInfo.InvariantCulture, $"token-{number}");
        _tokens[token] = new IssuedToken(alias, clientId, time.GetUtcNow() + lifetime);
        _oldestFirst.Enqueue(token);
        while (_oldestFirst.Count > options.Value.TokensMax && _oldestFirst.TryDequeue(out var oldest))
        {
            _tokens.TryRemove(oldest, out _);
        }

        return token;
    }

    public IssuedToken? Find(string token) => _tokens.GetValueOrDefault(token);

    /// <summary>Makes every token one that is no longer known, as a revoked client does. Returns how many there were.</summary>
    public int RevokeAll()
    {
        var valid = _tokens.Values.Where(token => !token.Revoked).ToList();
        valid.ForEach(token => token.Revoke());
        return valid.Count;
    }
}
