using System.Diagnostics.Metrics;
using Ingestor.Sending;
using Ingestor.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceDefaults;
using Testing;

namespace Ingestor.Tests.Sending;

public sealed class SqsEventQueueTests : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RecordedLog _log = new();
    private readonly ILoggerFactory _loggers;

    public SqsEventQueueTests() => _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_SQS_says_it_took_is_taken()
    {
        await using var sqs = await ScriptedSqs.StartAsync(entries =>
            SqsReply.Taken(entries, refused: [1], failed: [2], unmentioned: [3])
        );

        var answer = await SendAsync(sqs, "a", "b", "c", "d", "e");

        var outcomes = Assert.IsType<QueueAnswer.Answered>(answer).Outcomes;
        Assert.IsType<EventOutcome.Forwarded>(outcomes[0]);
        Assert.IsType<EventOutcome.Refused>(outcomes[1]);
        Assert.Null(outcomes[2]);
        Assert.Null(outcomes[3]);
        Assert.IsType<EventOutcome.Forwarded>(outcomes[4]);
    }

    [Fact]
    public async Task Entries_are_named_by_their_position()
    {
        await using var sqs = await ScriptedSqs.StartAsync(entries => SqsReply.Taken(entries));

        await SendAsync(sqs, [.. Enumerable.Repeat("the same", 10)]);

        Assert.Equal(
            ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            Assert.Single(sqs.Calls).Select(entry => (string)entry!["Id"]!)
        );
    }

    [Theory]
    [InlineData("InvalidMessageContents")]
    [InlineData("BatchRequestTooLong")]
    [InlineData("InvalidParameterValue")]
    public async Task A_call_refused_for_something_in_it_is_repeated_entry_by_entry(string shape)
    {
        await using var sqs = await ScriptedSqs.StartAsync(entries =>
            entries.Any(entry => (string)entry!["MessageBody"]! == "bad")
                ? SqsReply.Refused(shape)
                : SqsReply.Taken(entries)
        );

        var answer = await SendAsync(sqs, "good", "bad", "good too");

        var outcomes = Assert.IsType<QueueAnswer.Answered>(answer).Outcomes;
        Assert.IsType<EventOutcome.Forwarded>(outcomes[0]);
        Assert.IsType<EventOutcome.Refused>(outcomes[1]);
        Assert.IsType<EventOutcome.Forwarded>(outcomes[2]);
        Assert.Equal([3, 1, 1, 1], sqs.Calls.Select(call => call.Count));
    }

    [Theory]
    [InlineData("QueueDoesNotExist", 400)]
    [InlineData("AccessDeniedException", 403)]
    [InlineData("RequestThrottled", 400)]
    [InlineData("InternalFailure", 500)]
    [InlineData("ServiceUnavailable", 503)]
    public async Task A_call_refused_for_anything_else_says_nothing_of_the_events(string shape, int status)
    {
        await using var sqs = await ScriptedSqs.StartAsync(_ => SqsReply.Refused(shape, status));

        var answer = await SendAsync(sqs, "a", "b");

        Assert.IsType<QueueAnswer.Unavailable>(answer);
        Assert.Single(sqs.Calls);
    }

    [Theory]
    [InlineData("<html>a gateway</html>")]
    [InlineData("{")]
    [InlineData("""{"Successful":[{"Id":"0","MessageId":"1","MD5OfMessageBody":"wrong"}]}""")]
    [InlineData("""{"Successful":[{"Id":"7","MessageId":"1","MD5OfMessageBody":"wrong"}]}""")]
    public async Task An_answer_that_makes_no_sense_takes_nothing(string body)
    {
        await using var sqs = await ScriptedSqs.StartAsync(_ => new SqsReply(200, body));

        var answer = await SendAsync(sqs, "a");

        Assert.False(answer is QueueAnswer.Answered { Outcomes: [EventOutcome.Forwarded] });
    }

    [Fact]
    public async Task A_call_that_hangs_ends_at_its_timeout()
    {
        var clock = new ManualTimeProvider();
        var asked = new Counted(1);
        await using var sqs = await ScriptedSqs.StartAsync(
            async (entries, gone) =>
            {
                asked.Happened();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
                return SqsReply.Taken(entries);
            }
        );

        var sending = SendAsync(sqs, clock, "a");
        await asked.ReachedAsync(Ending);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.IsType<QueueAnswer.Unavailable>(await sending);
    }

    [Fact]
    public async Task Where_nobody_listens_the_queue_is_unavailable()
    {
        var sqs = await ScriptedSqs.StartAsync(entries => SqsReply.Taken(entries));
        var queue = await OpenAsync(sqs, TimeProvider.System);
        await sqs.DisposeAsync();

        Assert.IsType<QueueAnswer.Unavailable>(await queue.SendAsync(Events("a"), Ending));
    }

    [Fact]
    public async Task An_outage_is_told_when_it_begins_and_when_it_ends()
    {
        var away = true;
        await using var sqs = await ScriptedSqs.StartAsync(entries =>
            away ? SqsReply.Refused("ServiceUnavailable", 503) : SqsReply.Taken(entries)
        );
        var queue = await OpenAsync(sqs, TimeProvider.System);

        await queue.SendAsync(Events("a"), Ending);
        await queue.SendAsync(Events("a"), Ending);
        away = false;
        await queue.SendAsync(Events("a"), Ending);
        await queue.SendAsync(Events("a"), Ending);

        Assert.Single(_log.Lines, line => line.StartsWith("SQS does not take events", StringComparison.Ordinal));
        Assert.Single(_log.Lines, line => line.StartsWith("SQS takes events again", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        _loggers.Dispose();
        _log.Dispose();
        await _services.DisposeAsync();
    }

    private Task<QueueAnswer> SendAsync(ScriptedSqs sqs, params string[] bodies) =>
        SendAsync(sqs, TimeProvider.System, bodies);

    private async Task<QueueAnswer> SendAsync(ScriptedSqs sqs, TimeProvider time, params string[] bodies)
    {
        var queue = await OpenAsync(sqs, time);
        return await queue.SendAsync(Events(bodies), Ending);
    }

    private async Task<SqsEventQueue> OpenAsync(ScriptedSqs sqs, TimeProvider time)
    {
        var pipeline = Options.Create(new PipelineOptions { EventsQueue = sqs.QueueUrl });
        var queue = new SqsEventQueue(
            sqs.CreateClient(),
            pipeline,
            Options.Create(new SendingOptions()),
            new IngestMetrics(_services.GetRequiredService<IMeterFactory>(), pipeline),
            time,
            _loggers.CreateLogger<SqsEventQueue>()
        );
        await queue.OpenAsync(Ending);
        return queue;
    }

    private static IReadOnlyList<PendingEvent> Events(params string[] bodies)
    {
        var submission = new Submission(bodies.Length, default, null);
        foreach (var body in bodies)
        {
            submission.Add(body, body.Length);
        }

        return submission.Events;
    }
}
