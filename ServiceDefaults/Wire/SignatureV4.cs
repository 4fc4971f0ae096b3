using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace ServiceDefaults.Wire;

/// <summary>
/// AWS Signature Version 4 of a JSON request: a POST without a query, of which only the time, the target and the body vary.
/// The rules are those of "Create a signed AWS API request" in the IAM user guide.
/// </summary>
/// <param name="host">As the header says it, with the port where it is not the scheme's own.</param>
/// <param name="path">Of the endpoint; <c>/</c> for the services themselves.</param>
/// <param name="region">The region the request is signed for.</param>
/// <param name="service">The service's signing name: <c>sqs</c>, <c>dynamodb</c>.</param>
public sealed class SignatureV4(string host, string path, string region, string service)
{
    /// <summary>Of the headers of these requests, those that are signed; the token only where there is one.</summary>
    private const string SignedHeaders = "content-type;host;x-amz-date;x-amz-target";
    private const string SignedHeadersWithToken = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";

    private SigningKey? _key;

    /// <summary>The value of the header <c>Authorization</c>.</summary>
    /// <param name="credentials">Whose request it is.</param>
    /// <param name="timestamp">UTC, <c>yyyyMMddTHHmmssZ</c>: the value of <c>X-Amz-Date</c>.</param>
    /// <param name="contentType">The value of <c>Content-Type</c>.</param>
    /// <param name="target">The value of <c>X-Amz-Target</c>.</param>
    /// <param name="body">What is sent.</param>
    public string Authorization(
        ImmutableCredentials credentials,
        string timestamp,
        string contentType,
        string target,
        ReadOnlySpan<byte> body
    )
    {
        var date = timestamp[..8];
        var scope = $"{date}/{region}/{service}/aws4_request";
        var signedHeaders = credentials.UseToken ? SignedHeadersWithToken : SignedHeaders;
        var token = credentials.UseToken ? $"x-amz-security-token:{credentials.Token}\n" : string.Empty;
        var canonical =
            $"POST\n{path}\n\ncontent-type:{contentType}\nhost:{host}\nx-amz-date:{timestamp}\n{token}x-amz-target:{target}\n\n"
            + $"{signedHeaders}\n{Sha256Hex(body)}";
        var toSign = $"AWS4-HMAC-SHA256\n{timestamp}\n{scope}\n{Sha256Hex(Encoding.UTF8.GetBytes(canonical))}";
        var signature = Hmac(KeyOf(credentials, date), toSign);

        return $"AWS4-HMAC-SHA256 Credential={credentials.AccessKey}/{scope}, SignedHeaders={signedHeaders}, Signature={Convert.ToHexStringLower(signature)}";
    }

    /// <summary>The key is good for a day and one secret; deriving it costs four times what using it does.</summary>
    private byte[] KeyOf(ImmutableCredentials credentials, string date)
    {
        if (_key is { } known && known.Date == date && known.Secret == credentials.SecretKey)
        {
            return known.Key;
        }

        var key = Hmac(Encoding.UTF8.GetBytes("AWS4" + credentials.SecretKey), date);
        key = Hmac(key, region);
        key = Hmac(key, service);
        key = Hmac(key, "aws4_request");
        _key = new SigningKey(date, credentials.SecretKey, key);
        return key;
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Sha256Hex(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexStringLower(hash);
    }

    private sealed class SigningKey(string date, string secret, byte[] key)
    {
        public string Date { get; } = date;

        public string Secret { get; } = secret;

        public byte[] Key { get; } = key;
    }
}
