using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Ingestor.Authorizing;

/// <summary>
/// Checks AWS Signature Version 4 as the service does, in two steps: what the headers say, before a byte of the body is read, and
/// the signature, which covers the body.
/// </summary>
internal sealed class SignatureV4(IOptions<AuthorizingOptions> options, TimeProvider time)
{
    private const string Service = "events";
    private const string Terminator = "aws4_request";
    private const string TimestampFormat = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly SigningKeys? _keys = options.Value is { HasAccessKey: true, SecretAccessKey: { } secret }
        ? new SigningKeys(secret)
        : null;

    /// <summary>False where no access key is configured: then nothing can be checked.</summary>
    public bool IsConfigured => _keys is not null;

    public static bool IsPresent(HttpRequest request) =>
        request.Headers.Authorization.ToString().StartsWith(SignedRequest.Algorithm, StringComparison.Ordinal);

    /// <summary>Granted is not among the answers: that takes the body.</summary>
    public Authorization CheckHeaders(HttpRequest request)
    {
        if (SignedRequest.Parse(request.Headers.Authorization.ToString()) is not { } signed)
        {
            return Denied(
                "IncompleteSignatureException",
                "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters."
            );
        }

        if (signed.AccessKeyId != options.Value.AccessKeyId || !TokenIsRight(request))
        {
            return Denied("UnrecognizedClientException", "The security token included in the request is invalid.");
        }

        if (signed.Service != Service || signed.Terminator != Terminator)
        {
            return Invalid($"Credential should be scoped to correct service: '{Service}'.");
        }

        if (!EverythingThatMattersIsSigned(request, signed))
        {
            return Invalid("'Host' and every 'X-Amz-*' header must be a 'SignedHeader' in the AWS Authorization.");
        }

        return CheckTime(request, signed);
    }

    /// <summary>The body as it came over the wire, still compressed if it was.</summary>
    public Authorization CheckSignature(
        HttpContext context,
        Authorization.DependsOnBody headers,
        ReadOnlySpan<byte> body
    )
    {
        var payloadHash = Convert.ToHexStringLower(SHA256.HashData(body));
        var announced = context.Request.Headers["x-amz-content-sha256"].ToString();
        if (announced.Length > 0 && announced != payloadHash)
        {
            return Invalid("The body does not have the hash in 'X-Amz-Content-Sha256'.");
        }

        var signed = headers.Signed;
        var canonical = signed.Canonical(context, payloadHash);
        var canonicalHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var key = _keys!.For(signed);
        var toSign = Encoding.UTF8.GetBytes(signed.StringToSign(headers.Timestamp, canonicalHash));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, toSign));
        if (
            !CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(signature),
                Encoding.UTF8.GetBytes(signed.Signature)
            )
        )
        {
            return Invalid(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
                    + "and signing method. Consult the service documentation for details."
            );
        }

        _keys.Keep(signed, key);
        return Authorization.Granted.Instance;
    }

    private bool TokenIsRight(HttpRequest request) =>
        options.Value.SessionToken is not { } expected
        || CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(expected.Reveal())),
            SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers["x-amz-security-token"].ToString()))
        );

    private static bool EverythingThatMattersIsSigned(HttpRequest request, SignedRequest signed) =>
        signed.SignedHeaders.Contains("host")
        && request
            .Headers.Keys.Where(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
            .All(name => signed.SignedHeaders.Contains(name, StringComparer.OrdinalIgnoreCase));

    private Authorization CheckTime(HttpRequest request, SignedRequest signed)
    {
        if (!TryTime(request, out var signedAt))
        {
            return Denied(
                "IncompleteSignatureException",
                "Authorization header requires existence of a 'X-Amz-Date' or 'Date' header."
            );
        }

        var timestamp = signedAt.ToString(TimestampFormat, CultureInfo.InvariantCulture);
        var now = time.GetUtcNow();
        var sentence = (signedAt - now) switch
        {
            var ahead when ahead > Skew =>
                $"Signature not yet current: {timestamp} is still later than {Text(now + Skew)} ({Text(now)} + 5 min.)",
            var ahead when ahead < -Skew =>
                $"Signature expired: {timestamp} is now earlier than {Text(now - Skew)} ({Text(now)} - 5 min.)",
            _ when !timestamp.StartsWith(signed.Date, StringComparison.Ordinal) =>
                $"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{signed.Date}' != '{timestamp[..8]}'.",
            _ => null,
        };

        return sentence is null ? new Authorization.DependsOnBody(signed, timestamp) : Invalid(sentence);
    }

    private static bool TryTime(HttpRequest request, out DateTimeOffset signedAt)
    {
        var amazon = request.Headers["x-amz-date"].ToString();
        return amazon.Length > 0
            ? DateTimeOffset.TryParseExact(
                amazon,
                TimestampFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out signedAt
            )
            : DateTimeOffset.TryParseExact(
                request.Headers.Date.ToString(),
                "r",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out signedAt
            );
    }

    private static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(TimestampFormat, CultureInfo.InvariantCulture);

    private static Authorization.Denied Invalid(string message) => Denied("InvalidSignatureException", message);

    private static Authorization.Denied Denied(string code, string message) =>
        new(StatusCodes.Status403Forbidden, code, message);
}
