using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Ingestor.Sending;
using Ingestor.Tests.Hosting;

namespace Ingestor.Tests.Receiving;

public sealed class EventsEndpointTests
{
    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_envelope_reaches_the_queue_byte_for_byte()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        using var response = await client.PostAsync("/events", RunningIngestor.Json(AnEnvelope.With()), Ending);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([AnEnvelope.With()], ingestor.Queue.Bodies);
    }

    [Fact]
    public async Task White_space_around_an_envelope_is_not_part_of_it()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        using var response = await client.PostAsync(
            "/events",
            RunningIngestor.Json($" \r\n\t{AnEnvelope.With()}\n "),
            Ending
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([AnEnvelope.With()], ingestor.Queue.Bodies);
    }

    [Fact]
    public async Task Each_envelope_of_an_array_is_a_message_of_its_own_and_as_it_was_sent()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();
        string[] envelopes = [.. Enumerable.Range(0, 25).Select(number => AnEnvelope.With(id: $"event-{number}"))];

        using var response = await client.PostAsync(
            "/events",
            RunningIngestor.Json(AnEnvelope.ArrayOf(envelopes)),
            Ending
        );

        Assert.Equal("""{"accepted":25,"filtered":0}""", await response.Content.ReadAsStringAsync(Ending));
        Assert.Equal(envelopes.Order(), ingestor.Queue.Bodies.Order());
    }

    [Fact]
    public async Task A_packed_envelope_is_unpacked()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        using var response = await client.PostAsync("/events", Packed(AnEnvelope.With()), Ending);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([AnEnvelope.With()], ingestor.Queue.Bodies);
    }

    [Fact]
    public async Task A_packed_body_that_unpacks_to_more_than_allowed_is_too_large()
    {
        await using var ingestor = new RunningIngestor().With("BodyBytesMax", "65536");
        using var client = ingestor.Start();

        using var response = await client.PostAsync("/events", Packed(new string(' ', 50_000_000)), Ending);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(ingestor.Queue.Bodies);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_the_queue_has_it()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource<QueueAnswer?>();
        ingestor.Queue.Answer = (_, _) =>
        {
            asked.TrySetResult();
            return answer.Task;
        };

        var sending = client.PostAsync("/events", RunningIngestor.Json(AnEnvelope.With()), Ending);
        await asked.Task.WaitAsync(Ending);
        var answeredEarly = sending.IsCompleted;
        answer.SetResult(null);
        using var response = await sending;

        Assert.False(answeredEarly);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task One_event_that_is_none_does_not_keep_the_others_of_its_array_out()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();
        var body = AnEnvelope.ArrayOf(
            AnEnvelope.With("first"),
            """{"source":"s","detail":{}}""",
            AnEnvelope.With("third")
        );

        using var response = await client.PostAsync("/events", RunningIngestor.Json(body), Ending);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ending))!;

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([200, 400, 200], problem["entries"]!.AsArray().Select(entry => (int)entry!["status"]!));
        Assert.Equal(["first", "third"], ingestor.Queue.Bodies.Select(AnEnvelope.IdOf).Order());
    }

    [Fact]
    public async Task One_oversized_event_does_not_sink_nine_good_ones()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();
        var good = Enumerable.Range(0, 9).Select(number => AnEnvelope.With(id: $"good-{number}"));
        var body = AnEnvelope.ArrayOf([.. good, AnEnvelope.OfBytes(QueueLimits.MessageBytesMax + 1)]);

        using var response = await client.PostAsync("/events", RunningIngestor.Json(body), Ending);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(9, ingestor.Queue.Bodies.Count);
    }

    [Fact]
    public async Task The_largest_message_SQS_carries_goes_without_its_trace()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();
        var largest = AnEnvelope.OfBytes(QueueLimits.MessageBytesMax);

        using var response = await client.PostAsync("/events", RunningIngestor.Json(largest), Ending);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([new QueuedEvent(largest, null)], ingestor.Queue.Taken);
    }

    [Theory]
    [InlineData('\uFFFE')]
    [InlineData('\uFFFF')]
    public async Task A_character_SQS_does_not_carry_is_refused_before_it_is_sent(char illegal)
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        using var response = await client.PostAsync(
            "/events",
            RunningIngestor.Json(AnEnvelope.With(detail: $$"""{"x":"{{illegal}}"}""")),
            Ending
        );

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(ingestor.Queue.Calls);
    }

    [Fact]
    public async Task The_trace_of_the_request_goes_on_in_the_message()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/events")
        {
            Content = RunningIngestor.Json(AnEnvelope.With()),
        };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var response = await client.SendAsync(request, Ending);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(ActivityContext.TryParse(ingestor.Queue.Taken.Single().TraceParent, null, out var context));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", context.TraceId.ToHexString());
    }

    [Fact]
    public async Task An_answer_that_is_not_200_is_a_problem_with_the_id_of_its_trace_and_nothing_of_the_body()
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        using var response = await client.PostAsync(
            "/events",
            RunningIngestor.Json("""{"secret":"tel:+15555550100" """),
            Ending
        );
        var text = await response.Content.ReadAsStringAsync(Ending);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^[0-9a-f]{32}$", (string)JsonNode.Parse(text)!["traceId"]!);
        Assert.DoesNotContain("5555550100", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/events", HttpStatusCode.MethodNotAllowed)]
    public async Task What_never_reaches_an_endpoint_is_answered_with_a_problem_too(string path, HttpStatusCode status)
    {
        await using var ingestor = new RunningIngestor();
        using var client = ingestor.Start();

        using var response = await client.GetAsync(path, Ending);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ending))!;

        Assert.Equal(status, response.StatusCode);
        Assert.Matches("^[0-9a-f]{32}$", (string)problem["traceId"]!);
    }

    private static ByteArrayContent Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
