using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Auth;
using ServiceDefaults.Wire;

namespace ServiceDefaults.Tests.Wire;

/// <summary>The same request is signed by the SDK's own signer: it gets the canonical form that AWS describes, and we must agree.</summary>
public sealed class SignatureV4Tests
{
    private const string Target = "DynamoDB_20120810.BatchWriteItem";
    private const string ContentType = "application/x-amz-json-1.0";

    private static readonly DateTime At = new(2026, 3, 19, 23, 58, 0, DateTimeKind.Utc);

    private readonly SignatureV4 _signature = new(
        "dynamodb.eu-central-1.amazonaws.com",
        "/",
        "eu-central-1",
        "dynamodb"
    );

    [Fact]
    public void A_request_of_lasting_credentials_is_signed_as_the_sdk_signs_it()
    {
        var credentials = new ImmutableCredentials("AKIDEXAMPLE", "a-secret-for-tests", token: null);

        Assert.Equal(
            Expected(credentials, "{}", "content-type;host;x-amz-date;x-amz-target", tokenLine: ""),
            Sign(credentials, "{}")
        );
    }

    [Fact]
    public void A_session_token_is_signed_too()
    {
        var credentials = new ImmutableCredentials("ASIAEXAMPLE", "another-secret", "a-token");

        Assert.Equal(
            Expected(
                credentials,
                "{}",
                "content-type;host;x-amz-date;x-amz-security-token;x-amz-target",
                tokenLine: "x-amz-security-token:a-token\n"
            ),
            Sign(credentials, "{}")
        );
    }

    [Fact]
    public void New_credentials_take_effect_at_once()
    {
        var old = new ImmutableCredentials("AKIDEXAMPLE", "a-secret-for-tests", token: null);
        var renewed = new ImmutableCredentials("AKIDEXAMPLE", "a-new-secret", token: null);
        Sign(old, "{}");

        Assert.Equal(
            Expected(renewed, "{}", "content-type;host;x-amz-date;x-amz-target", tokenLine: ""),
            Sign(renewed, "{}")
        );
    }

    [Fact]
    public void The_secret_is_not_in_it()
    {
        var credentials = new ImmutableCredentials("AKIDEXAMPLE", "a-secret-for-tests", token: null);

        Assert.DoesNotContain("a-secret-for-tests", Sign(credentials, "{}"), StringComparison.Ordinal);
    }

    private string Sign(ImmutableCredentials credentials, string body) =>
        _signature.Authorization(credentials, "20260319T235800Z", ContentType, Target, Encoding.UTF8.GetBytes(body));

    private static string Expected(
        ImmutableCredentials credentials,
        string body,
        string signedHeaders,
        string tokenLine
    )
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var canonical = $"""
            POST
            /

            content-type:{ContentType}
            host:dynamodb.eu-central-1.amazonaws.com
            x-amz-date:20260319T235800Z
            {tokenLine}x-amz-target:{Target}

            {signedHeaders}
            {hash}
            """.ReplaceLineEndings("\n");
        return AWS4Signer
            .ComputeSignature(
                credentials.AccessKey,
                credentials.SecretKey,
                "eu-central-1",
                At,
                "dynamodb",
                signedHeaders,
                canonical
            )
            .ForAuthorizationHeader;
    }
}
