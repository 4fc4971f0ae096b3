using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using Ingestor.Tests.PutEvents;

namespace Ingestor.Tests.Authorizing;

/// <summary>A PutEvents call as an AWS SDK signs it: by the SDK's own signer, over a canonical request written out here.</summary>
internal sealed record SignedCall
{
    public const string Body = """{"Entries":[{"Source":"s","DetailType":"t","Detail":"{}"}]}""";

    public string AccessKeyId { get; init; } = "AKIDEXAMPLE";

    public string SecretAccessKey { get; init; } = "a-secret-for-tests";

    public string Region { get; init; } = "us-east-1";

    public string Service { get; init; } = "events";

    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>The date header, where it is not the time of signing.</summary>
    public DateTimeOffset? Announced { get; init; }

    public string? SessionToken { get; init; }

    public string[] SignedHeaders { get; init; } = ["content-type", "host", "x-amz-date", "x-amz-target"];

    public HttpRequestMessage To(Uri address)
    {
        var request = EventBridgeCall.Of("PutEvents", Body);
        request.RequestUri = address;
        request.Headers.Host = address.Authority;
        request.Headers.Add(
            "x-amz-date",
            (Announced ?? SignedAt).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)
        );
        if (SessionToken is not null)
        {
            request.Headers.Add("x-amz-security-token", SessionToken);
        }

        var signature = AWS4Signer.ComputeSignature(
            AccessKeyId,
            SecretAccessKey,
            Region,
            SignedAt.UtcDateTime,
            Service,
            string.Join(';', SignedHeaders),
            Canonical(request),
            new RequestMetrics()
        );
        request.Headers.TryAddWithoutValidation("Authorization", signature.ForAuthorizationHeader);
        return request;
    }

    private string Canonical(HttpRequestMessage request)
    {
        var headers = SignedHeaders.Select(name =>
            name == "host" ? $"host:{request.Headers.Host}\n"
            : request.Headers.TryGetValues(name, out var values) ? $"{name}:{values.Single()}\n"
            : $"{name}:{request.Content!.Headers.ContentType}\n"
        );
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Body)));
        return $"POST\n/\n\n{string.Concat(headers)}\n{string.Join(';', SignedHeaders)}\n{hash}";
    }
}
