using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace ServiceDefaults.Wire;

/// <summary>
/// One request of an AWS service that speaks JSON (SQS, DynamoDB), straight onto a connection. The configuration of the SDK's client
/// says where it goes, who asks and how long that may take; its pipeline, which costs more processor time than the request itself, is
/// left out. It is for what a process asks that only records events; all else goes through the SDK. What that is worth, and what is
/// given up for it: <c>docs/decisions/0012-recording-without-the-sdks-pipeline.md</c>.
/// </summary>
/// <param name="config">
/// Of the SDK's client for the same service. Credentials come from it or, as for that client, from the SDK's default chain; those given
/// to a client's constructor are not in its configuration.
/// </param>
/// <param name="targetPrefix">What stands before the operation in <c>X-Amz-Target</c>: <c>AmazonSQS</c>, <c>DynamoDB_20120810</c>.</param>
/// <param name="example">Any request of the service: where it would go is where all go.</param>
/// <param name="time">For the signature's date and for the time-out.</param>
/// <param name="mediaType">With the version of the JSON protocol that the service speaks: 1.0 of SQS and DynamoDB, 1.1 of EventBridge.</param>
public sealed class AwsWire(
    IClientConfig config,
    string targetPrefix,
    AmazonWebServiceRequest example,
    TimeProvider time,
    string mediaType = "application/x-amz-json-1.0"
)
{
    /// <summary>Ten messages of 1 MiB, each byte escaped: nothing that a service answers is longer.</summary>
    private const int AnswerBytesMax = 64 * 1024 * 1024;

    /// <summary>AWS accepts a signature whose date is off by five minutes at most.</summary>
    private static readonly TimeSpan SkewMin = TimeSpan.FromMinutes(4);

    /// <summary>Before a patient caller asks again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long credentials are taken for what they were. The SDK renews temporary ones minutes before they end; asked for each request,
    /// it reads the environment, or takes its lock, each time.
    /// </summary>
    private static readonly TimeSpan CredentialsHeld = TimeSpan.FromSeconds(1);

    /// <summary>What the services call a signature whose date is not theirs.</summary>
    private static readonly string[] SkewCodes =
    [
        "InvalidSignatureException",
        "SignatureDoesNotMatch",
        "RequestExpired",
        "RequestTimeTooSkewed",
        "RequestInTheFuture",
    ];

    /// <summary>
    /// No limit on connections: there are never more requests than pollers and settling calls, and a poll of twenty seconds must not keep
    /// a delete waiting. Renewed now and then, because the services move. Spans for whoever listens, but no headers of theirs: they are
    /// not signed.
    /// </summary>
    private static readonly HttpMessageInvoker Connections = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        }
    );

    private readonly HttpMessageInvoker _http = config.HttpClientFactory?.CreateHttpClient(config) ?? Connections;
    private readonly MediaTypeHeaderValue _contentType = new(mediaType);
    private readonly Lock _gate = new();
    private WirePlace? _place;
    private AWSCredentials? _credentials;
    private HeldCredentials? _held;
    private long _skewTicks;

    /// <summary>Where that client's requests go, by its configuration; what its constructor was given besides is not seen.</summary>
    public static AwsWire Of(IAmazonSQS client, TimeProvider time) =>
        new(client.Config, "AmazonSQS", new ListQueuesRequest(), time);

    /// <summary>Where that client's requests go, by its configuration; what its constructor was given besides is not seen.</summary>
    public static AwsWire Of(IAmazonDynamoDB client, TimeProvider time) =>
        new(client.Config, "DynamoDB_20120810", new ListTablesRequest(), time);

    /// <summary>
    /// Sends it, and once more when the connection broke or our clock was wrong, unless the client has no retries: as the SDK does, and like
    /// there the first may have had its effect. A service that fails or throttles is the caller's affair, who backs off.
    /// </summary>
    /// <param name="operation">The API's name of it.</param>
    /// <param name="body">The request in JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer in JSON; give it back after reading.</returns>
    /// <exception cref="AmazonServiceException">The service said no, or failed; never with the answer's text, which may quote the request.</exception>
    /// <exception cref="AmazonClientException">There is no region, or there are no credentials.</exception>
    /// <exception cref="HttpRequestException">There was no connection.</exception>
    /// <exception cref="TimeoutException">The client's own time-out passed, over both attempts.</exception>
    public async Task<PooledBuffer> CallAsync(
        string operation,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(config.Timeout ?? AwsClients.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await SendAsync(operation, body, isLast: config.MaxErrorRetry == 0, either.Token)
                ?? (await SendAsync(operation, body, isLast: true, either.Token))!;
        }
        catch (OperationCanceledException)
            when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{operation} had no answer in time.");
        }
    }

    /// <summary>
    /// The same for a caller that has no backoff of its own, because it asks seldom: a service that failed or throttled is asked once more,
    /// after a pause.
    /// </summary>
    /// <inheritdoc cref="CallAsync" path="param|returns|exception"/>
    public async Task<PooledBuffer> CallPatientlyAsync(
        string operation,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await CallAsync(operation, body, cancellationToken);
        }
        catch (AmazonServiceException exception)
            when (config.MaxErrorRetry > 0
                && AwsFaults.Classify(exception, cancellationToken) is AwsFault.Throttled or AwsFault.Unavailable
            )
        {
            await Task.Delay(Pause, time, cancellationToken);
            return await CallAsync(operation, body, cancellationToken);
        }
    }

    /// <summary>Null: it is worth one more try.</summary>
    private async Task<PooledBuffer?> SendAsync(
        string operation,
        ReadOnlyMemory<byte> body,
        bool isLast,
        CancellationToken cancellationToken
    )
    {
        var skew = TimeSpan.FromTicks(Interlocked.Read(ref _skewTicks));
        try
        {
            using var request = await RequestAsync(operation, body, skew, cancellationToken);
            using var response = await _http.SendAsync(request, cancellationToken);
            var answer = await ReadAsync(response.Content, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return answer;
            }

            using (answer)
            {
                var refusal = WireRefusal.Of(response, answer.Written);
                return IsSkewed(response, refusal, skew) && !isLast ? null : throw refusal;
            }
        }
        catch (Exception exception) when (!isLast && IsBroken(exception))
        {
            // A connection that was closed under us, most of the time.
            return null;
        }
    }

    private static bool IsBroken(Exception exception) =>
        exception
            is HttpRequestException
                or IOException
                // The time to connect is over.
                or OperationCanceledException { InnerException: TimeoutException };

    private async ValueTask<HttpRequestMessage> RequestAsync(
        string operation,
        ReadOnlyMemory<byte> body,
        TimeSpan skew,
        CancellationToken cancellationToken
    )
    {
        var place = PlaceOf();
        var credentials = await CredentialsAsync(cancellationToken);
        var target = $"{targetPrefix}.{operation}";
        var timestamp = (time.GetUtcNow() + skew).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

        var request = new HttpRequestMessage(HttpMethod.Post, place.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = _contentType;
        var headers = request.Headers;
        headers.TryAddWithoutValidation("X-Amz-Target", target);
        headers.TryAddWithoutValidation("X-Amz-Date", timestamp);
        headers.TryAddWithoutValidation("User-Agent", config.UserAgent);
        if (credentials.UseToken)
        {
            headers.TryAddWithoutValidation("X-Amz-Security-Token", credentials.Token);
        }

        headers.TryAddWithoutValidation(
            "Authorization",
            place.Signature.Authorization(credentials, timestamp, mediaType, target, body.Span)
        );
        return request;
    }

    /// <summary>Found once, and renewed by what was found. A role may take a request of its own, which has no more time than ours.</summary>
    private async ValueTask<ImmutableCredentials> CredentialsAsync(CancellationToken cancellationToken)
    {
        if (_held is { } held && time.GetElapsedTime(held.Since) < CredentialsHeld)
        {
            return held.Credentials;
        }

        _credentials ??=
            config.DefaultAWSCredentials
            ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(config).WaitAsync(cancellationToken);
        var since = time.GetTimestamp();
        var credentials = await _credentials.GetCredentialsAsync().WaitAsync(cancellationToken);
        _held = new HeldCredentials(credentials, since);
        return credentials;
    }

    private static async Task<PooledBuffer> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var length = content.Headers.ContentLength ?? 0;
        var answer = new PooledBuffer((int)Math.Clamp(length + 1, 1024, AnswerBytesMax));
        try
        {
            using var stream = await content.ReadAsStreamAsync(cancellationToken);
            while (await stream.ReadAsync(answer.GetMemory(), cancellationToken) is > 0 and var read)
            {
                answer.Advance(read);
                if (answer.Length > AnswerBytesMax)
                {
                    throw new IOException($"The answer is longer than {AnswerBytesMax} bytes.");
                }
            }

            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>
    /// True when our clock was so far off that the signature was refused for it; the next one will have the service's date. Held against
    /// the correction this request had: eight polls find out at once, and each of them may go again.
    /// </summary>
    private bool IsSkewed(HttpResponseMessage response, AmazonServiceException refusal, TimeSpan corrected)
    {
        if (
            config.DisableClockSkewCorrection
            || response.Headers.Date is not { } theirs
            || !SkewCodes.Contains(refusal.ErrorCode, StringComparer.Ordinal)
        )
        {
            return false;
        }

        var skew = theirs - time.GetUtcNow();
        if ((skew - corrected).Duration() < SkewMin)
        {
            return false;
        }

        Interlocked.Exchange(ref _skewTicks, skew.Ticks);
        return true;
    }

    /// <summary>Asked for once, and only when there is something to send: a wrong configuration is the first call's failure.</summary>
    private WirePlace PlaceOf()
    {
        lock (_gate)
        {
            return _place ??= WirePlace.Of(config, example);
        }
    }

    private sealed class HeldCredentials(ImmutableCredentials credentials, long since)
    {
        public ImmutableCredentials Credentials { get; } = credentials;

        public long Since { get; } = since;
    }
}
