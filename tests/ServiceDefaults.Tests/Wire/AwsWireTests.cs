using System.Net;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ServiceDefaults.Wire;
using Testing;

namespace ServiceDefaults.Tests.Wire;

public sealed class AwsWireTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 19, 14, 0, 0, TimeSpan.Zero);

    private readonly CannedService _service = new();
    private readonly ManualTimeProvider _time = new(Now);
    private readonly AmazonDynamoDBConfig _config;
    private readonly AwsWire _wire;

    public AwsWireTests()
    {
        _config = new AmazonDynamoDBConfig
        {
            ServiceURL = "http://dynamodb.test:8000",
            AuthenticationRegion = "eu-central-1",
            DefaultAWSCredentials = new SessionAWSCredentials("ASIAEXAMPLE", "a-secret-for-tests", "a-token"),
            HttpClientFactory = _service,
            Timeout = TimeSpan.FromSeconds(5),
            MaxErrorRetry = 1,
        };
        _wire = Wire(_config);
    }

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task A_request_names_its_operation_its_credentials_and_its_time()
    {
        _service.Answer(HttpStatusCode.OK, "{}");

        await CallAsync();

        var request = Assert.Single(_service.Requests);
        Assert.Equal("http://dynamodb.test:8000/", request.Url);
        Assert.Equal("""{"a":1}""", request.Body);
        Assert.Equal("DynamoDB_20120810.BatchWriteItem", request.Headers["X-Amz-Target"]);
        Assert.Equal("20260319T140000Z", request.Headers["X-Amz-Date"]);
        Assert.Equal("a-token", request.Headers["X-Amz-Security-Token"]);
        Assert.Equal("application/x-amz-json-1.0", request.Headers["Content-Type"]);
        Assert.StartsWith(
            "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20260319/eu-central-1/dynamodb/aws4_request, ",
            request.Headers["Authorization"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_answer_is_what_the_service_said()
    {
        _service.Answer(HttpStatusCode.OK, """{"UnprocessedItems":{}}""");

        Assert.Equal("""{"UnprocessedItems":{}}""", await CallAsync());
    }

    [Fact]
    public async Task An_answer_longer_than_a_buffer_comes_whole()
    {
        var text = $$"""{"padding":"{{new string('x', 300_000)}}"}""";
        _service.Answer(HttpStatusCode.OK, text);

        Assert.Equal(text, await CallAsync());
    }

    [Fact]
    public async Task A_failure_of_the_service_is_the_callers_who_backs_off()
    {
        _service.Answer(HttpStatusCode.ServiceUnavailable, "<html>");

        var refusal = await Assert.ThrowsAsync<AmazonServiceException>(CallAsync);

        Assert.Single(_service.Requests);
        Assert.Equal("503 Unknown", refusal.Message);
        Assert.Equal(AwsFault.Unavailable, AwsFaults.Classify(refusal, CancellationToken));
    }

    [Fact]
    public async Task A_broken_connection_is_tried_once_more()
    {
        _service.Break();
        _service.Answer(HttpStatusCode.OK, "{}");

        Assert.Equal("{}", await CallAsync());
    }

    [Fact]
    public async Task A_second_failure_is_the_callers()
    {
        _service.Break();
        _service.Break();

        await Assert.ThrowsAsync<HttpRequestException>(CallAsync);
        Assert.Equal(2, _service.Requests.Count);
    }

    [Fact]
    public async Task A_throttle_is_not_answered_with_another_request()
    {
        _service.Answer(
            HttpStatusCode.BadRequest,
            """{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"m"}"""
        );

        var refusal = await Assert.ThrowsAsync<AmazonServiceException>(CallAsync);

        Assert.Single(_service.Requests);
        Assert.Equal("ProvisionedThroughputExceededException", refusal.ErrorCode);
        Assert.Equal(AwsFault.Throttled, AwsFaults.Classify(refusal, CancellationToken));
    }

    [Fact]
    public async Task What_a_refusal_quotes_is_not_in_its_message()
    {
        _service.Answer(
            HttpStatusCode.BadRequest,
            """{"__type":"ValidationException","message":"the value +49 30 1234 is not valid"}"""
        );

        var refusal = await Assert.ThrowsAsync<AmazonServiceException>(CallAsync);

        Assert.Equal("400 ValidationException", refusal.Message);
        Assert.Equal(AwsFault.Refused, AwsFaults.Classify(refusal, CancellationToken));
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_corrected_by_the_services_date_and_stays_so()
    {
        _service.Answer(HttpStatusCode.Forbidden, """{"__type":"InvalidSignatureException"}""", Now.AddMinutes(20));
        _service.Answer(HttpStatusCode.OK, "{}", Now.AddMinutes(20));
        _service.Answer(HttpStatusCode.OK, "{}", Now.AddMinutes(20));

        await CallAsync();
        await CallAsync();

        Assert.Equal(
            ["20260319T140000Z", "20260319T142000Z", "20260319T142000Z"],
            _service.Requests.Select(request => request.Headers["X-Amz-Date"])
        );
    }

    [Fact]
    public async Task Calls_that_learn_of_a_wrong_clock_at_once_all_go_again()
    {
        var refused = _service.AnswerLater(
            HttpStatusCode.Forbidden,
            """{"__type":"InvalidSignatureException"}""",
            Now.AddMinutes(20),
            times: 2
        );
        _service.Answer(HttpStatusCode.OK, "{}");
        _service.Answer(HttpStatusCode.OK, "{}");

        var calls = Task.WhenAll(CallAsync(), CallAsync());
        refused.SetResult();

        Assert.Equal(["{}", "{}"], await calls);
    }

    [Fact]
    public async Task Another_refusal_with_another_date_is_no_wrong_clock()
    {
        _service.Answer(HttpStatusCode.Forbidden, """{"__type":"AccessDeniedException"}""", Now.AddMinutes(20));

        await Assert.ThrowsAsync<AmazonServiceException>(CallAsync);

        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task A_client_without_retries_has_one_try()
    {
        _config.MaxErrorRetry = 0;
        _service.Break();

        await Assert.ThrowsAsync<HttpRequestException>(CallAsync);

        Assert.Single(_service.Requests);
    }

    [Theory]
    [InlineData("AccessDenied", "AccessDenied")]
    [InlineData("ThrottlingException:http://internal.amazon.com/", "ThrottlingException")]
    public async Task A_refusal_may_name_itself_in_a_header(string header, string code)
    {
        _service.Answer(HttpStatusCode.BadRequest, "", headers: ("x-amzn-ErrorType", header));

        var refusal = await Assert.ThrowsAsync<AmazonServiceException>(CallAsync);

        Assert.Equal(code, refusal.ErrorCode);
    }

    [Fact]
    public async Task A_refusal_has_the_id_that_support_asks_for()
    {
        _service.Answer(HttpStatusCode.BadRequest, "{}", headers: ("x-amzn-RequestId", "request-1"));

        var refusal = await Assert.ThrowsAsync<AmazonServiceException>(CallAsync);

        Assert.Equal("request-1", refusal.RequestId);
    }

    [Theory]
    [InlineData("https://vpce-1.sqs.eu-west-3.vpce.amazonaws.com", null, "eu-central-1", "eu-west-3")]
    [InlineData("https://sqs.example", null, "eu-central-1", "eu-central-1")]
    [InlineData("https://sqs.example", "ap-south-1", "eu-central-1", "ap-south-1")]
    public async Task The_region_is_what_was_said_or_what_the_host_says_or_the_configured_one(
        string url,
        string? expressly,
        string configured,
        string region
    )
    {
        var before = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_DYNAMODB");
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_DYNAMODB", url);
        try
        {
            var config = new AmazonDynamoDBConfig
            {
                RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(configured),
                DefaultAWSCredentials = new BasicAWSCredentials("AKIDEXAMPLE", "a-secret-for-tests"),
                HttpClientFactory = _service,
            };
            if (expressly is not null)
            {
                config.AuthenticationRegion = expressly;
            }

            _service.Answer(HttpStatusCode.OK, "{}");
            using var answer = await Wire(config).CallAsync("BatchWriteItem", "{}"u8.ToArray(), CancellationToken);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_DYNAMODB", before);
        }

        var request = Assert.Single(_service.Requests);
        Assert.StartsWith(url, request.Url, StringComparison.Ordinal);
        Assert.Contains($"/{region}/dynamodb/aws4_request", request.Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_that_do_not_come_have_no_more_time_than_the_call()
    {
        _config.DefaultAWSCredentials = new NeverThere();

        var call = CallAsync();
        _time.Advance(TimeSpan.FromSeconds(6));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task Credentials_are_asked_for_once_a_second_and_not_for_each_request()
    {
        var renewed = new EachTimeAnother();
        _config.DefaultAWSCredentials = renewed;

        await CallsAsync(3);
        Assert.Equal(1, renewed.Asked);

        _time.Advance(TimeSpan.FromSeconds(1));
        await CallsAsync(1);
        Assert.Equal(2, renewed.Asked);
        Assert.Contains("Credential=AKID2/", _service.Requests[^1].Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_no_wrong_clock()
    {
        _service.Answer(HttpStatusCode.Forbidden, """{"__type":"InvalidSignatureException"}""", Now);

        await Assert.ThrowsAsync<AmazonServiceException>(CallAsync);

        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task Silence_ends_with_the_clients_own_time_out()
    {
        _service.BeSilent();

        var call = CallAsync();
        _time.Advance(TimeSpan.FromSeconds(6));

        var exception = await Assert.ThrowsAsync<TimeoutException>(() => call);
        Assert.Equal(AwsFault.Unavailable, AwsFaults.Classify(exception, CancellationToken));
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_and_no_failure()
    {
        _service.BeSilent();
        using var cancelled = new CancellationTokenSource();

        var call = CallWithAsync(cancelled.Token);
        await cancelled.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(AwsFault.None, AwsFaults.Classify(exception, cancelled.Token));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "<html>")]
    [InlineData(HttpStatusCode.BadRequest, """{"__type":"com.amazon.coral.availability#ThrottlingException"}""")]
    public async Task A_patient_caller_asks_once_more_after_a_pause(HttpStatusCode status, string answer)
    {
        _service.Answer(status, answer);
        _service.Answer(HttpStatusCode.OK, "{}");

        var call = CallPatientlyAsync();
        Assert.Single(_service.Requests);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("{}", await call);
        Assert.Equal(2, _service.Requests.Count);
    }

    [Fact]
    public async Task A_patient_caller_takes_a_refusal_for_an_answer()
    {
        _service.Answer(HttpStatusCode.BadRequest, """{"__type":"com.amazonaws.sqs#QueueDoesNotExist"}""");

        await Assert.ThrowsAsync<AmazonServiceException>(CallPatientlyAsync);

        Assert.Single(_service.Requests);
    }

    private async Task CallsAsync(int count)
    {
        for (var call = 0; call < count; call++)
        {
            _service.Answer(HttpStatusCode.OK, "{}");
            await CallAsync();
        }
    }

    private async Task<string> CallPatientlyAsync()
    {
        using var answer = await _wire.CallPatientlyAsync("UpdateItem", "{}"u8.ToArray(), CancellationToken);
        return Encoding.UTF8.GetString(answer.Written.Span);
    }

    private Task<string> CallAsync() => CallWithAsync(CancellationToken);

    private async Task<string> CallWithAsync(CancellationToken cancellationToken)
    {
        using var answer = await _wire.CallAsync("BatchWriteItem", """{"a":1}"""u8.ToArray(), cancellationToken);
        return Encoding.UTF8.GetString(answer.Written.Span);
    }

    private AwsWire Wire(IClientConfig config) =>
        new(
            config,
            "DynamoDB_20120810",
            new BatchWriteItemRequest(new Dictionary<string, List<WriteRequest>> { ["table"] = [] }),
            _time
        );

    private sealed class EachTimeAnother : AWSCredentials
    {
        public int Asked { get; private set; }

        public override ImmutableCredentials GetCredentials() => new($"AKID{++Asked}", "a-secret-for-tests", null);

        public override Task<ImmutableCredentials> GetCredentialsAsync() => Task.FromResult(GetCredentials());
    }

    private sealed class NeverThere : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new InvalidOperationException("Ask for them.");

        public override Task<ImmutableCredentials> GetCredentialsAsync() =>
            new TaskCompletionSource<ImmutableCredentials>().Task;
    }
}
