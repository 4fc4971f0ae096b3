using System.Diagnostics;
using Processor.Testing;
using Processor.Testing.Building;
using Processor.Testing.World;

namespace Processor.Tests.Processing;

public sealed class TracingTests : IDisposable
{
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly ActivitySpanId _producer = ActivitySpanId.CreateRandom();
    private readonly List<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public TracingTests()
    {
        _listener = new ActivityListener
        {
            // By its name: the source may be in the making on another thread.
            ShouldListenTo = source => source.Name == "Genesys.Processor",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == _trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.TraceId == _trace)
                {
                    lock (_spans)
                    {
                        _spans.Add(span);
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    [Fact]
    public void A_message_is_one_consumer_span_under_its_producer_and_linked_to_it()
    {
        using var scenario = new Scenario();
        var id = Send(scenario, Builders.AnEvent().OfStep("wrapup").Build());

        scenario.RunUntilEmpty();

        var span = Assert.Single(_spans, span => span.Kind == ActivityKind.Consumer);
        Assert.Equal(_producer, span.ParentSpanId);
        Assert.Equal(_producer, Assert.Single(span.Links).Context.SpanId);
        Assert.Equal(id, span.GetTagItem("messaging.message.id"));
        Assert.Equal("aws_sqs", span.GetTagItem("messaging.system"));
        Assert.Equal("recorded", span.GetTagItem("genesys.outcome"));
        Assert.Equal("v2.detail.events.conversation.{id}.wrapup", span.GetTagItem("genesys.topic"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public void The_write_of_a_batch_is_one_client_span_linked_to_each_of_its_messages()
    {
        using var scenario = new Scenario();
        for (var index = 0; index < 10; index++)
        {
            Send(scenario, Builders.AnEvent().InConversation($"conversation-{index}").Build());
        }

        scenario.RunUntilEmpty();

        var write = Assert.Single(_spans, span => span.Kind == ActivityKind.Client);
        Assert.Equal(
            _spans.Where(span => span.Kind == ActivityKind.Consumer).Select(span => span.SpanId).ToHashSet(),
            write.Links.Select(link => link.Context.SpanId).ToHashSet()
        );
        Assert.Equal(10, write.GetTagItem("db.operation.batch.size"));
    }

    [Fact]
    public void A_message_that_fails_is_a_span_with_an_error_and_its_letter_carries_the_trace_on()
    {
        using var scenario = new Scenario
        {
            Settlement = new() { TransientAttemptsMax = 1, TransientFor = TimeSpan.Zero },
        };
        scenario.AddEffect().Faults.Always("ApplyAsync", Fault.Away);
        Send(scenario, Builders.AnEvent().OfStep("customer.end").Build());

        scenario.RunUntilEmpty();

        var span = Assert.Single(_spans, span => span.Kind == ActivityKind.Consumer);
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("failed", span.GetTagItem("genesys.outcome"));
        Assert.Equal(span.Id, Assert.Single(scenario.Aws.DeadLetters.Letters).About.TraceParent);
    }

    [Fact]
    public void Deliveries_of_one_message_are_spans_of_one_trace()
    {
        using var scenario = new Scenario();
        scenario.Aws.Table.Faults.Next("WriteAsync", Fault.Away);
        Send(scenario, Builders.AnEvent().Build());

        scenario.RunUntilEmpty();

        Assert.Equal(
            ["deferred", "recorded"],
            _spans
                .Where(span => span.Kind == ActivityKind.Consumer)
                .OrderBy(span => span.StartTimeUtc)
                .Select(span => span.GetTagItem("genesys.outcome"))
        );
    }

    public void Dispose() => _listener.Dispose();

    private string Send(Scenario scenario, string body) =>
        scenario.Aws.Queue.Send(
            body,
            new Dictionary<string, string> { ["traceparent"] = $"00-{_trace}-{_producer}-01" }
        );
}
