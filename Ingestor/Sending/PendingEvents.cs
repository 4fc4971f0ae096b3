using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Ingestor.Sending;

/// <summary>
/// The one buffer between the requests and the senders. It has a limit, and an event counts from the moment it is let in until
/// its sender is done with it: what is on its way to SQS takes room as well.
/// </summary>
internal sealed class PendingEvents(IOptions<SendingOptions> options, TimeProvider time)
{
    private readonly int _heldMax = options.Value.EventsHeldMax;
    private readonly Channel<PendingEvent> _channel = Channel.CreateBounded<PendingEvent>(options.Value.EventsHeldMax);
    private int _held;
    private int _waiting;
    private Wish? _wish;
    private volatile bool _completed;

    public int Held => Volatile.Read(ref _held);

    /// <summary>Nothing more will come.</summary>
    public bool IsCompleted => _completed;

    /// <summary>All events of the submission or none: half a request let in would only be sent twice.</summary>
    public bool TryAdmit(Submission submission)
    {
        if (Interlocked.Add(ref _held, submission.ForTheQueue) > _heldMax)
        {
            Release(submission.ForTheQueue);
            return false;
        }

        foreach (var pending in submission.Events)
        {
            if (pending.Outcome is null)
            {
                Write(pending);
            }
        }

        Volatile.Read(ref _wish)?.FulfilIf(Volatile.Read(ref _waiting));
        return true;
    }

    /// <summary>The senders are done with this many.</summary>
    public void Release(int count) => Interlocked.Add(ref _held, -count);

    /// <summary>Nothing more comes in; what is here is still handed out.</summary>
    public void Complete()
    {
        _completed = true;
        _channel.Writer.TryComplete();
        Volatile.Read(ref _wish)?.Fulfil();
    }

    public ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken) =>
        _channel.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Moves what waits into the batch until it is full. Events that nobody waits for any more are dropped on the way.</summary>
    public void MoveInto(EventBatch batch)
    {
        while (!batch.IsFull && _channel.Reader.TryPeek(out var next))
        {
            var abandoned = next.Outcome is not null;
            if (!abandoned && !batch.TryAdd(next))
            {
                return;
            }

            _channel.Reader.TryRead(out _);
            Interlocked.Decrement(ref _waiting);
            if (abandoned)
            {
                Release(1);
            }
        }
    }

    /// <summary>
    /// Ends when this many events wait, when nothing more will come, or after the time given: the reader is woken once for a
    /// batch, not once for each event.
    /// </summary>
    public async Task WaitForAsync(int count, TimeSpan atMost)
    {
        var wish = new Wish(count);
        // A full fence: whoever writes an event from here on sees the wish, and what was written before is counted below.
        Interlocked.Exchange(ref _wish, wish);
        wish.FulfilIf(Volatile.Read(ref _waiting));
        if (_completed)
        {
            wish.Fulfil();
        }

        using (time.CreateTimer(static state => ((Wish)state!).Fulfil(), wish, atMost, Timeout.InfiniteTimeSpan))
        {
            await wish.Fulfilled;
        }

        Volatile.Write(ref _wish, null);
    }

    private void Write(PendingEvent pending)
    {
        Interlocked.Increment(ref _waiting);
        if (!_channel.Writer.TryWrite(pending))
        {
            // The writer is complete: the process is about to end and says so.
            Interlocked.Decrement(ref _waiting);
            Release(1);
            pending.Settle(EventOutcome.Unavailable.Instance);
        }
    }

    private sealed class Wish(int count)
    {
        private readonly TaskCompletionSource _fulfilled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Fulfilled => _fulfilled.Task;

        public void Fulfil() => _fulfilled.TrySetResult();

        public void FulfilIf(int waiting)
        {
            if (waiting >= count)
            {
                Fulfil();
            }
        }
    }
}
