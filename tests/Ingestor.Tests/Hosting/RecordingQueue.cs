using Ingestor.Sending;

namespace Ingestor.Tests.Hosting;

/// <summary>Keeps what it was given, and answers as the test says; without a word from the test, it takes everything.</summary>
internal sealed class RecordingQueue : IEventQueue
{
    private readonly Lock _gate = new();
    private readonly List<QueuedEvent> _taken = [];
    private readonly List<int> _calls = [];

    /// <summary>Asked for each call: what to answer, or null to take all.</summary>
    public Func<IReadOnlyList<PendingEvent>, CancellationToken, Task<QueueAnswer?>> Answer { get; set; } =
        (_, _) => Task.FromResult<QueueAnswer?>(null);

    public bool IsOpen { get; set; } = true;

    /// <summary>What SQS would have now.</summary>
    public IReadOnlyList<QueuedEvent> Taken
    {
        get
        {
            lock (_gate)
            {
                return [.. _taken];
            }
        }
    }

    public IReadOnlyList<string> Bodies => [.. Taken.Select(taken => taken.Body)];

    /// <summary>The number of events in each call.</summary>
    public IReadOnlyList<int> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    public Task OpenAsync(CancellationToken draining) => Task.CompletedTask;

    public async Task<QueueAnswer> SendAsync(IReadOnlyList<PendingEvent> events, CancellationToken aborting)
    {
        lock (_gate)
        {
            _calls.Add(events.Count);
        }

        var answer = await Answer(events, aborting) ?? TakeAll(events);
        if (answer is QueueAnswer.Answered answered)
        {
            Keep(events, answered);
        }

        return answer;
    }

    public static QueueAnswer.Answered TakeAll(IReadOnlyList<PendingEvent> events) =>
        Each(events, _ => EventOutcome.Forwarded.Instance);

    public static QueueAnswer.Answered Each(
        IReadOnlyList<PendingEvent> events,
        Func<PendingEvent, EventOutcome?> outcome
    ) => new([.. events.Select(outcome)]);

    private void Keep(IReadOnlyList<PendingEvent> events, QueueAnswer.Answered answered)
    {
        lock (_gate)
        {
            _taken.AddRange(
                events
                    .Where((_, position) => answered.Outcomes[position] is EventOutcome.Forwarded)
                    .Select(taken => new QueuedEvent(taken.Body, taken.TraceParent))
            );
        }
    }
}

internal sealed record QueuedEvent(string Body, string? TraceParent);
