using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Ingestor.Authorizing;

/// <summary>The parts of <c>Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…</c>.</summary>
internal sealed record SignedRequest(
    string AccessKeyId,
    string Date,
    string Region,
    string Service,
    string Terminator,
    string[] SignedHeaders,
    string Signature
)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Null when a part is missing.</summary>
    public static SignedRequest? Parse(string authorization)
    {
        string? credential = null;
        string? signedHeaders = null;
        string? signature = null;
        foreach (var part in authorization[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries))
        {
            switch (part.Split('=', 2))
            {
                case ["Credential", var value]:
                    credential = value;
                    break;
                case ["SignedHeaders", var value]:
                    signedHeaders = value;
                    break;
                case ["Signature", var value]:
                    signature = value;
                    break;
            }
        }

        return
            credential?.Split('/') is [var id, var date, var region, var service, var terminator]
            && signedHeaders is not null
            && signature is not null
            ? new SignedRequest(id, date, region, service, terminator, signedHeaders.Split(';'), signature)
            : null;
    }

    /// <summary>What the client hashed and signed, if it is the request we see.</summary>
    public string Canonical(HttpContext context, string payloadHash)
    {
        var request = context.Request;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var canonical = new StringBuilder(512)
            .Append(request.Method)
            .Append('\n')
            .Append(question < 0 ? target : target[..question])
            .Append('\n')
            .Append(question < 0 ? "" : CanonicalQuery(target[(question + 1)..]))
            .Append('\n');
        foreach (var name in SignedHeaders)
        {
            canonical.Append(name).Append(':').Append(CanonicalValue(request.Headers[name])).Append('\n');
        }

        return canonical.Append('\n').AppendJoin(';', SignedHeaders).Append('\n').Append(payloadHash).ToString();
    }

    public string StringToSign(string timestamp, string canonicalHash) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Algorithm}\n{timestamp}\n{Date}/{Region}/{Service}/{Terminator}\n{canonicalHash}"
        );

    private static string CanonicalQuery(string query) =>
        string.Join(
            '&',
            query
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=")
                .Order(StringComparer.Ordinal)
        );

    private static string CanonicalValue(Microsoft.Extensions.Primitives.StringValues values) =>
        string.Join(
            ',',
            values.Select(value => string.Join(' ', value!.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        );
}
