using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Bench.Endpoints;

namespace Bench.Ingesting;

/// <summary>Senders that each have one event on the way at a time, as the invocations of an API destination do.</summary>
internal sealed class SenderCrowd(Uri ingestor) : IDisposable
{
    private static readonly byte[] Event = Encoding.UTF8.GetBytes(
        """
        {"version":"0","id":"a94d52a3-4117-526f-9a98-36939675a3bb","detail-type":"v2.detail.events.conversation.{id}.acd.end","source":"aws.partner/genesys.com/cloud/51d48700-4aee-5a5d-a8a5-27a5c1471ac6/acme-events","account":"123456789012","time":"2026-03-19T14:01:12Z","region":"us-east-1","resources":[],"detail":{"topicName":"v2.detail.events.conversation.bc877f8f-d2b6-5e0c-b16f-9e167586ddca.acd.end","version":"2","eventBody":{"eventTime":1773928872120,"conversationId":"bc877f8f-d2b6-5e0c-b16f-9e167586ddca","participantId":"8a2f6f9e-14df-586f-b40f-24682a2a0de1","sessionId":"d35f9596-477f-5908-a574-7d8245846e5a","disconnectType":"TRANSFER","mediaType":"VOICE","provider":"Edge","direction":"INBOUND","ani":"tel:+15555550100","dnis":"tel:+15555550000","queueId":"02de9458-06e2-51ce-a98f-d75d3aa4e64a","divisionId":"fcd8ca4c-43e1-5a85-ae88-6f67937bd5c6","acdOutcome":"ANSWERED","answeredUserId":"6aed6d69-5603-5b35-9433-93ddfd49c3a7","requestedRoutings":["STANDARD"],"usedRouting":"STANDARD","routingPriority":40,"connectedDurationMs":26900,"conversationExternalContactIds":["f0e7c027-86a2-5a28-a39b-0a0a31cc9d86"],"utilizationLabel":"e612cc0d-5110-5834-96ff-7024ad35a966","flowType":"inqueuecall"},"metadata":{"CorrelationId":"c528035b-6eae-52eb-ab56-fe17cac0a5a4"},"timestamp":"2026-03-19T14:01:12.400Z"}}
        """
    );

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseCookies = false, ActivityHeadersPropagator = null }
    )
    {
        BaseAddress = ingestor,
        DefaultRequestHeaders = { { "x-api-key", Names.ApiKey } },
    };

    public async Task<Run> SendAsync(int senders, int events)
    {
        var left = events;
        var latencies = new ConcurrentBag<double>();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, senders)
                .Select(async _ =>
                {
                    while (Interlocked.Decrement(ref left) >= 0)
                    {
                        var sent = Stopwatch.GetTimestamp();
                        await SendOneAsync();
                        latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                    }
                })
        );
        return new Run(Stopwatch.GetElapsedTime(started), [.. latencies.Order()]);
    }

    public void Dispose() => _http.Dispose();

    private async Task SendOneAsync()
    {
        using var content = new ByteArrayContent(Event);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var response = await _http.PostAsync("/events", content);
            response.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException exception)
        {
            throw new BenchException($"The Ingestor did not take an event: {exception.Message}");
        }
    }
}

internal sealed record Run(TimeSpan Elapsed, IReadOnlyList<double> LatenciesMs)
{
    public double Percentile(double part) => LatenciesMs[(int)(part * (LatenciesMs.Count - 1))];
}
