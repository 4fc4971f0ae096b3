using Processor.Receiving;
using Testing;

namespace Processor.Tests.Enrichment;

/// <summary>A queue with visibility and receive counts, in the simulated world's time.</summary>
internal sealed class SimulatedQueue(SimulatedWorld world, TimeProvider time, TimeSpan wait, TimeSpan visibility)
    : IEventQueue
{
    private readonly List<Entry> _entries = [];
    private int _sent;

    public int Receives { get; private set; }

    public int Copies { get; private set; }

    public Func<TimeSpan, bool> IsAway { get; set; } = _ => false;

    public IReadOnlyList<Entry> Entries => _entries;

    public int ReceiveCountMax { get; private set; }

    public void Send(string conversationId) => Send($$"""{"conversationId":"{{conversationId}}"}""", TimeSpan.Zero);

    public void Send(string body, TimeSpan delay) =>
        _entries.Add(new Entry($"m{++_sent}", body, time.GetUtcNow()) { VisibleAt = world.Elapsed + delay });

    public async Task<ReceiveAnswer> ReceiveAsync(int max, CancellationToken cancellationToken)
    {
        if (IsAway(world.Elapsed))
        {
            return new ReceiveAnswer.Unavailable("away");
        }

        Receives++;
        await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken);
        for (
            var end = world.Elapsed + wait;
            ;
            await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancellationToken)
        )
        {
            var visible = _entries.Where(entry => entry.VisibleAt <= world.Elapsed).Take(max).ToList();
            if (visible.Count > 0 || world.Elapsed >= end)
            {
                return new ReceiveAnswer.Messages(visible.ConvertAll(HandOut));
            }
        }
    }

    public async Task<DeleteAnswer[]> DeleteAsync(
        IReadOnlyList<ReceivedMessage> messages,
        CancellationToken cancellationToken
    )
    {
        await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken);
        return
        [
            .. messages.Select(message =>
                _entries.RemoveAll(entry => entry.Handle == message.ReceiptHandle) > 0
                    ? DeleteAnswer.Deleted
                    : DeleteAnswer.Refused
            ),
        ];
    }

    public async Task<VisibilityAnswer[]> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes,
        CancellationToken cancellationToken
    )
    {
        await Task.Delay(TimeSpan.FromMilliseconds(5), time, cancellationToken);
        return
        [
            .. changes.Select(change =>
            {
                if (_entries.Find(entry => entry.Handle == change.Message.ReceiptHandle) is not { } entry)
                {
                    return VisibilityAnswer.Lost;
                }

                entry.VisibleAt = world.Elapsed + change.Hidden;
                return VisibilityAnswer.Changed;
            }),
        ];
    }

    public Task<bool> SendAgainAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        TimeSpan delay,
        CancellationToken cancellationToken
    )
    {
        Copies++;
        Send(body, delay);
        return Task.FromResult(true);
    }

    private ReceivedMessage HandOut(Entry entry)
    {
        entry.VisibleAt = world.Elapsed + visibility;
        entry.Receives++;
        entry.Handle = $"{entry.Id}/{entry.Receives}";
        ReceiveCountMax = Math.Max(ReceiveCountMax, entry.Receives);
        return new ReceivedMessage(entry.Id, entry.Handle, entry.Body, entry.Receives, entry.SentAt);
    }

    internal sealed record Entry(string Id, string Body, DateTimeOffset SentAt)
    {
        public TimeSpan VisibleAt { get; set; }

        public int Receives { get; set; }

        public string Handle { get; set; } = "";
    }
}
