using System.Buffers.Text;
using System.Security.Cryptography;

namespace Events.Identity;

/// <summary>
/// 96 bits of SHA-256 as 16 characters of base64url. At a thousand million events under one natural key the chance of
/// one collision is below 1 in 10^10, and a sort key stays short enough to cost no write unit of its own.
/// </summary>
internal static class KeyHash
{
    public const int Length = 16;
    private const int KeptBytes = 12;

    public static void Write(ReadOnlySpan<byte> text, Span<char> destination)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        Base64Url.EncodeToChars(hash[..KeptBytes], destination);
    }
}
