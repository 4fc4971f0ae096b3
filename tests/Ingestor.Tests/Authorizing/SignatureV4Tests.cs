using System.Net;
using System.Text.Json.Nodes;
using Ingestor.Tests.Hosting;
using Testing;

namespace Ingestor.Tests.Authorizing;

public sealed class SignatureV4Tests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 19, 23, 58, 0, TimeSpan.Zero);

    private readonly RunningIngestor _ingestor = new RunningIngestor()
        .With("AccessKeyId", "AKIDEXAMPLE")
        .With("SecretAccessKey", "a-secret-for-tests")
        .WithService<TimeProvider>(new ManualTimeProvider(Now));

    private static SignedCall Call => new() { SignedAt = Now };

    [Fact]
    public async Task A_signed_call_is_served()
    {
        var (status, _) = await SendAsync(Call);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Single(_ingestor.Queue.Bodies);
    }

    [Theory]
    [InlineData("eu-central-1")]
    [InlineData("mars-north-1")]
    public async Task The_region_is_the_callers_affair(string region)
    {
        var (status, _) = await SendAsync(Call with { Region = region });

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(+300)]
    public async Task A_clock_may_be_five_minutes_off(int seconds)
    {
        var (status, _) = await SendAsync(Call with { SignedAt = Now.AddSeconds(seconds) });

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData(
        -301,
        "Signature expired: 20260319T235259Z is now earlier than 20260319T235300Z (20260319T235800Z - 5 min.)"
    )]
    [InlineData(
        +301,
        "Signature not yet current: 20260320T000301Z is still later than 20260320T000300Z (20260319T235800Z + 5 min.)"
    )]
    public async Task But_no_more(int seconds, string message)
    {
        var (status, answer) = await SendAsync(Call with { SignedAt = Now.AddSeconds(seconds) });

        Refused(status, answer, HttpStatusCode.Forbidden, "InvalidSignatureException");
        Assert.Equal(message, (string)answer["message"]!);
    }

    [Fact]
    public async Task A_call_signed_with_another_secret_is_refused()
    {
        var (status, answer) = await SendAsync(Call with { SecretAccessKey = "another" });

        Refused(status, answer, HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    [Fact]
    public async Task An_access_key_that_is_not_ours_is_refused()
    {
        var (status, answer) = await SendAsync(Call with { AccessKeyId = "AKIDANOTHER" });

        Refused(status, answer, HttpStatusCode.Forbidden, "UnrecognizedClientException");
    }

    [Fact]
    public async Task A_signature_for_another_service_is_refused()
    {
        var (status, answer) = await SendAsync(Call with { Service = "s3" });

        Refused(status, answer, HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    [Fact]
    public async Task A_scope_of_another_day_than_the_date_header_is_refused()
    {
        var (status, answer) = await SendAsync(Call with { SignedAt = Now.AddDays(-1), Announced = Now });

        Refused(status, answer, HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    [Theory]
    [InlineData("content-type;x-amz-date;x-amz-target")]
    [InlineData("host;x-amz-date")]
    [InlineData("host")]
    public async Task What_matters_must_be_signed(string signedHeaders)
    {
        var (status, answer) = await SendAsync(Call with { SignedHeaders = signedHeaders.Split(';') });

        Refused(status, answer, HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    [Fact]
    public async Task A_body_that_was_changed_on_the_way_is_refused()
    {
        var (status, answer) = await SendAsync(
            Call,
            request =>
            {
                var type = request.Content!.Headers.ContentType;
                request.Content = new StringContent(
                    SignedCall.Body.Replace("\"s\"", "\"forged\"", StringComparison.Ordinal)
                );
                request.Content.Headers.ContentType = type;
            }
        );

        Refused(status, answer, HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    [Fact]
    public async Task A_header_that_was_changed_on_the_way_is_refused()
    {
        var (status, answer) = await SendAsync(
            Call,
            request =>
            {
                request.Headers.Remove("X-Amz-Target");
                request.Headers.Add("X-Amz-Target", "AWSEvents.TestEventPattern");
            }
        );

        Refused(status, answer, HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    [Fact]
    public async Task A_hash_that_is_not_the_bodys_is_refused()
    {
        var (status, answer) = await SendAsync(
            Call with
            {
                SignedHeaders = ["content-type", "host", "x-amz-date", "x-amz-target"],
            },
            request => request.Headers.Add("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
        );

        Refused(status, answer, HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260319/us-east-1/events/aws4_request")]
    [InlineData("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE, SignedHeaders=host, Signature=00")]
    [InlineData("AWS4-HMAC-SHA256 ,,,===,Credential=////,SignedHeaders=;;;,Signature")]
    public async Task A_signature_with_parts_missing_is_incomplete(string authorization)
    {
        var (status, answer) = await SendAsync(
            Call,
            request =>
            {
                request.Headers.Remove("Authorization");
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            }
        );

        Refused(status, answer, HttpStatusCode.Forbidden, "IncompleteSignatureException");
    }

    [Fact]
    public async Task A_call_with_nothing_to_show_is_refused()
    {
        var (status, answer) = await SendAsync(Call, request => request.Headers.Remove("Authorization"));

        Refused(status, answer, HttpStatusCode.Unauthorized, "MissingAuthenticationTokenException");
    }

    [Theory]
    [InlineData("the-token", HttpStatusCode.OK)]
    [InlineData("another", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    public async Task A_temporary_key_comes_with_its_token(string? token, HttpStatusCode expected)
    {
        _ingestor.With("SessionToken", "the-token");

        var (status, _) = await SendAsync(
            Call with
            {
                SessionToken = token,
                SignedHeaders = token is null
                    ? Call.SignedHeaders
                    : ["content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"],
            }
        );

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Where_no_access_key_is_configured_a_signature_opens_nothing()
    {
        _ingestor.With("AccessKeyId", "").With("SecretAccessKey", "");

        var (status, answer) = await SendAsync(Call);

        Refused(status, answer, HttpStatusCode.Forbidden, "UnrecognizedClientException");
    }

    [Fact]
    public async Task Where_anonymous_is_allowed_a_signature_nobody_can_check_does_no_harm()
    {
        _ingestor.With("AccessKeyId", "").With("SecretAccessKey", "").With("AllowAnonymous", "true");

        var (status, _) = await SendAsync(Call);

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Where_anonymous_is_allowed_a_wrong_signature_is_still_wrong()
    {
        _ingestor.With("AllowAnonymous", "true");

        var (status, answer) = await SendAsync(Call with { SecretAccessKey = "another" });

        Refused(status, answer, HttpStatusCode.Forbidden, "InvalidSignatureException");
    }

    public async ValueTask DisposeAsync() => await _ingestor.DisposeAsync();

    private void Refused(HttpStatusCode status, JsonNode answer, HttpStatusCode expected, string code)
    {
        Assert.Equal(expected, status);
        Assert.Equal(code, (string)answer["__type"]!);
        Assert.Empty(_ingestor.Queue.Bodies);
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> SendAsync(
        SignedCall call,
        Action<HttpRequestMessage>? tamper = null
    )
    {
        using var client = _ingestor.Start();
        client.DefaultRequestHeaders.Clear();
        using var request = call.To(client.BaseAddress!);
        tamper?.Invoke(request);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(text)!);
    }
}
