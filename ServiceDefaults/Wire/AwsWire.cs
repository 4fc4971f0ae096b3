using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Endpoints;

namespace ServiceDefaults.Wire;

/// <summary>
/// One request of an AWS service that speaks JSON (SQS, DynamoDB), straight onto a connection. The SDK's client says where it goes,
/// who asks and how long that may take; its pipeline, which costs more processor time than the request itself, is left out. It is for
/// the few requests that come with every batch of events; all others go through the SDK.
/// See <c>docs/decisions/0012</c> for what that is worth.
/// </summary>
/// <param name="config">Of the SDK's client for the same service.</param>
/// <param name="targetPrefix">What stands before the operation in <c>X-Amz-Target</c>: <c>AmazonSQS</c>, <c>DynamoDB_20120810</c>.</param>
/// <param name="example">Any request of the service: where it would go is where all go.</param>
/// <param name="time">For the signature's date and for the time-out.</param>
public sealed class AwsWire(
    IClientConfig config,
    string targetPrefix,
    AmazonWebServiceRequest example,
    TimeProvider time
)
{
    /// <summary>Ten messages of 1 MiB, each byte escaped: nothing that a service answers is longer.</summary>
    private const int AnswerBytesMax = 64 * 1024 * 1024;

    /// <summary>DynamoDB has its own minor version of the media type, and accepts no other.</summary>
    private const string MediaType = "application/x-amz-json-1.0";

    /// <summary>AWS accepts a signature whose date is off by five minutes at most.</summary>
    private static readonly TimeSpan SkewMin = TimeSpan.FromMinutes(4);

    private static readonly MediaTypeHeaderValue ContentType = new(MediaType);

    /// <summary>
    /// No limit on connections: there are never more requests than pollers and settling calls, and a poll of twenty seconds must not keep
    /// a delete waiting. Renewed now and then, because the services move.
    /// </summary>
    private static readonly HttpMessageInvoker Connections = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = AwsClients.CallTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            ActivityHeadersPropagator = null,
        }
    );

    private readonly HttpMessageInvoker _http = config.HttpClientFactory?.CreateHttpClient(config) ?? Connections;
    private readonly Lock _gate = new();
    private Place? _place;
    private long _skewTicks;

    /// <summary>
    /// Sends it, and once more when the connection broke or the service failed, unless the client has no retries: only for requests
    /// that may be repeated.
    /// </summary>
    /// <param name="operation">The API's name of it.</param>
    /// <param name="body">The request in JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer in JSON; give it back after reading.</returns>
    /// <exception cref="AmazonServiceException">The service said no, or failed twice; never with the answer's text, which may quote the request.</exception>
    /// <exception cref="HttpRequestException">There was no connection, twice.</exception>
    /// <exception cref="TimeoutException">The client's own time-out passed.</exception>
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

    /// <summary>Null: it is worth one more try.</summary>
    private async Task<PooledBuffer?> SendAsync(
        string operation,
        ReadOnlyMemory<byte> body,
        bool isLast,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var request = await RequestAsync(operation, body);
            using var response = await _http.SendAsync(request, cancellationToken);
            var answer = await ReadAsync(response.Content, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return answer;
            }

            using (answer)
            {
                var refusal = Refusal(response.StatusCode, CodeOf(answer.Written));
                var isHealed = response.StatusCode >= HttpStatusCode.InternalServerError || IsSkewed(response);
                return isHealed && !isLast ? null : throw refusal;
            }
        }
        catch (Exception exception) when (!isLast && exception is HttpRequestException or IOException)
        {
            // A connection that was closed under us, most of the time.
            return null;
        }
    }

    private async ValueTask<HttpRequestMessage> RequestAsync(string operation, ReadOnlyMemory<byte> body)
    {
        var place = PlaceOf();
        var credentials = await place.Credentials.GetCredentialsAsync();
        var target = $"{targetPrefix}.{operation}";
        var timestamp = (time.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _skewTicks))).ToString(
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture
        );

        var request = new HttpRequestMessage(HttpMethod.Post, place.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = ContentType;
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
            place.Signature.Authorization(credentials, timestamp, MediaType, target, body.Span)
        );
        return request;
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

    /// <summary>True when our clock was so far off that no signature is accepted, and the next one will have the service's date.</summary>
    private bool IsSkewed(HttpResponseMessage response)
    {
        if (config.DisableClockSkewCorrection || response.Headers.Date is not { } theirs)
        {
            return false;
        }

        var skew = theirs - time.GetUtcNow();
        var isNew = (skew - TimeSpan.FromTicks(Interlocked.Read(ref _skewTicks))).Duration() >= SkewMin;
        if (isNew)
        {
            Interlocked.Exchange(ref _skewTicks, skew.Ticks);
        }

        return isNew;
    }

    /// <summary>Asked for once, and only when there is something to send: a wrong configuration is the first call's failure.</summary>
    private Place PlaceOf()
    {
        lock (_gate)
        {
            return _place ??= Place.Of(config, example);
        }
    }

    private static AmazonServiceException Refusal(HttpStatusCode status, string code) =>
        new(
            $"{(int)status} {code}",
            null,
            status >= HttpStatusCode.InternalServerError ? ErrorType.Receiver : ErrorType.Sender,
            code,
            requestId: null,
            status
        );

    /// <summary>Of <c>{"__type":"com.amazonaws.sqs#QueueDoesNotExist"}</c>, what is behind the <c>#</c>.</summary>
    private static string CodeOf(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("__type", out var type)
                && type.ValueKind == JsonValueKind.String
                ? type.GetString()!.Split('#')[^1]
                : "Unknown";
        }
        catch (JsonException)
        {
            return "Unknown";
        }
    }

    private sealed record Place(Uri Url, SignatureV4 Signature, AWSCredentials Credentials)
    {
        public static Place Of(IClientConfig config, AmazonWebServiceRequest example)
        {
            var endpoint = config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(example));
            var url = new Uri(endpoint.URL);
            var region = config.AuthenticationRegion ?? config.RegionEndpoint?.SystemName ?? "us-east-1";
            return new Place(
                url,
                new SignatureV4(url.Authority, url.AbsolutePath, region, config.AuthenticationServiceName),
                config.DefaultAWSCredentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials(config)
            );
        }
    }
}
