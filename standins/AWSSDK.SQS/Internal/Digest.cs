using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>MD5 as SQS computes it: of a body its UTF-8 bytes, of attributes their names, types and values in order.</summary>
internal static class Digest
{
    private const byte StringValue = 1;
    private const byte BinaryValue = 2;

    internal static bool Matches(string body, string? digest)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(body.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(body, rented);
            Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
#pragma warning disable CA5351 // The service's choice of a checksum; nothing is protected by it.
            MD5.HashData(rented.AsSpan(0, length), hash);
#pragma warning restore CA5351
            return Matches(hash, digest);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    internal static bool Matches(Dictionary<string, MessageAttributeValue> attributes, string? digest)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var (name, value) in attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(md5, Encoding.UTF8.GetBytes(name));
            Append(md5, Encoding.UTF8.GetBytes(value.DataType));
            if (value.StringValue is not null)
            {
                md5.AppendData([StringValue]);
                Append(md5, Encoding.UTF8.GetBytes(value.StringValue));
            }
            else if (value.BinaryValue is not null)
            {
                md5.AppendData([BinaryValue]);
                Append(md5, value.BinaryValue.ToArray());
            }
        }

        return Matches(md5.GetHashAndReset(), digest);
    }

    private static void Append(IncrementalHash md5, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        md5.AppendData(length);
        md5.AppendData(bytes);
    }

    private static bool Matches(ReadOnlySpan<byte> hash, string? digest)
    {
        Span<char> hex = stackalloc char[MD5.HashSizeInBytes * 2];
        return Convert.TryToHexStringLower(hash, hex, out _)
            && digest.AsSpan().Equals(hex, StringComparison.OrdinalIgnoreCase);
    }
}
