using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Ingestor.Tests.Hosting;
using Ingestor.Tests.PutEvents;

namespace Ingestor.Tests;

public sealed class TelemetryTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_became_of_each_event_is_counted()
    {
        await using var ingestor = new RunningIngestor()
            .With("Rules:0:Name", "all but one")
            .With("Rules:0:Pattern", """{"id":[{"anything-but":"unwanted"}]}""");
        using var client = ingestor.Start();
        using var numbers = new RecordedNumbers(ingestor.Services);

        await PostAsync(
            client,
            AnEnvelope.ArrayOf(AnEnvelope.With("a"), AnEnvelope.With("unwanted"), "{}", AnEnvelope.With("b"))
        );
        await PostAsync(client, "no JSON");
        await client.CallAsync("PutEvents", """{"Entries":[{"Source":"aws.ec2","DetailType":"t","Detail":"{}"}]}""");
        client.DefaultRequestHeaders.Clear();
        await PostAsync(client, AnEnvelope.With());
        numbers.Observe();

        Assert.Equal(2, numbers.Sum("genesys.ingest.accepted"));
        Assert.Equal(2, numbers.Sum("messaging.client.sent.messages", "messaging.destination.name", "genesys-events"));
        Assert.Equal(1, numbers.Sum("genesys.ingest.filtered"));
        Assert.Equal(1, numbers.Sum("genesys.ingest.refused", "genesys.reason", "not_an_event"));
        Assert.Equal(1, numbers.Sum("genesys.ingest.refused", "genesys.reason", "malformed"));
        Assert.Equal(1, numbers.Sum("genesys.ingest.refused", "genesys.reason", "reserved_source"));
        Assert.Equal(1, numbers.Sum("genesys.ingest.refused", "genesys.reason", "unauthorized"));
        Assert.Equal(2, numbers.Sum("genesys.ingest.batch.size"));
        Assert.Equal(0, numbers.Sum("genesys.ingest.buffer.depth"));
        Assert.Equal(0, numbers.Sum("genesys.ingest.body.bytes"));
    }

    [Fact]
    public async Task A_request_has_a_span_that_its_messages_continue()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == IngestTracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        await PostAsync(client, AnEnvelope.ArrayOf(AnEnvelope.With(), AnEnvelope.With()));

        var traceParent = ingestor.Queue.Taken.Select(taken => taken.TraceParent).Distinct().Single();
        var create = spans.Single(span => span.Id == traceParent);
        Assert.Equal("create genesys-events", create.DisplayName);
        Assert.Equal(ActivityKind.Producer, create.Kind);
        Assert.Equal("aws_sqs", create.GetTagItem("messaging.system"));
        Assert.Equal("genesys-events", create.GetTagItem("messaging.destination.name"));
        Assert.Equal(2, create.GetTagItem("messaging.batch.message_count"));
    }

    private static async Task PostAsync(HttpClient client, string json)
    {
        using var response = await client.PostAsync("/events", RunningIngestor.Json(json), Ending);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
    }
}
