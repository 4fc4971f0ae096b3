using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Ingestor.Authorizing;

/// <summary>What a request's API key header says.</summary>
internal enum ApiKeyCheck
{
    /// <summary>There is no such header, or no key to check it against.</summary>
    Absent,
    Valid,
    Invalid,
}

/// <summary>
/// The keys of an API destination. What is compared are hashes, all of them to the end: the time it takes tells nothing of any key,
/// not even its length.
/// </summary>
internal sealed class ApiKeys(IOptions<AuthorizingOptions> options)
{
    private readonly string _header = options.Value.ApiKeyHeader;
    private readonly byte[][] _hashes =
    [
        .. options.Value.ApiKeys.Select(key => SHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal()))),
    ];

    public ApiKeyCheck Check(HttpRequest request)
    {
        if (_hashes.Length == 0 || !request.Headers.TryGetValue(_header, out var values))
        {
            return ApiKeyCheck.Absent;
        }

        return IsKnown(values) ? ApiKeyCheck.Valid : ApiKeyCheck.Invalid;
    }

    private bool IsKnown(StringValues values)
    {
        if (values is not [{ } presented])
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(presented), hash);
        var known = false;
        foreach (var expected in _hashes)
        {
            known |= CryptographicOperations.FixedTimeEquals(expected, hash);
        }

        return known;
    }
}
