using Processor.Receiving;
using Processor.Testing.Outside;
using Testing;

namespace Processor.Tests.Enrichment;

/// <summary>The enrichment queue: the fake that passes the contract tests of the real one, and what the tests ask of it.</summary>
internal sealed class SimulatedQueue : IEventQueue
{
    private readonly SimulatedWorld _world;
    private readonly FakeEventQueue _queue;

    public SimulatedQueue(SimulatedWorld world, TimeSpan wait, TimeSpan visibility)
    {
        _world = world;
        _queue = new FakeEventQueue(world.Time, world.Random) { WaitTime = wait, VisibilityTimeout = visibility };
        _queue.Faults.LatencyMax = TimeSpan.FromMilliseconds(10);
    }

    public int Receives { get; private set; }

    public int Copies { get; private set; }

    public Func<TimeSpan, bool> IsAway { get; set; } = _ => false;

    public IReadOnlyList<Entry> Entries =>
        [
            .. _queue.Messages.Select(message => new Entry(
                message.VisibleAt - SimulatedWorld.Start,
                message.ReceiveCount
            )),
        ];

    public int ReceiveCountMax { get; private set; }

    public void Send(string conversationId, TimeSpan delay = default) =>
        SendBody($$"""{"conversationId":"{{conversationId}}"}""", delay);

    public void SendBody(string body, TimeSpan delay = default) => _queue.Send(body, delay: delay);

    public async Task<ReceiveAnswer> ReceiveAsync(int max, CancellationToken cancellationToken)
    {
        if (IsAway(_world.Elapsed))
        {
            return new ReceiveAnswer.Unavailable("away");
        }

        Receives++;
        var answer = await _queue.ReceiveAsync(max, cancellationToken);
        if (answer is ReceiveAnswer.Messages { Received: { Count: > 0 } received })
        {
            ReceiveCountMax = Math.Max(ReceiveCountMax, received.Max(message => message.ReceiveCount));
        }

        return answer;
    }

    public Task<DeleteAnswer[]> DeleteAsync(
        IReadOnlyList<ReceivedMessage> messages,
        CancellationToken cancellationToken
    ) => _queue.DeleteAsync(messages, cancellationToken);

    public Task<VisibilityAnswer[]> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes,
        CancellationToken cancellationToken
    ) => _queue.ChangeVisibilityAsync(changes, cancellationToken);

    public Task<bool> SendAgainAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        TimeSpan delay,
        CancellationToken cancellationToken
    )
    {
        Copies++;
        return _queue.SendAgainAsync(body, attributes, delay, cancellationToken);
    }

    /// <param name="VisibleAt">Since the beginning of the world.</param>
    /// <param name="Receives">How often it was received.</param>
    internal sealed record Entry(TimeSpan VisibleAt, int Receives);
}
