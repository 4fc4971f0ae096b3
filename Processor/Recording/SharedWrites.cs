using ServiceDefaults;

namespace Processor.Recording;

/// <summary>
/// Lets batches that are recorded at the same time travel in one write: a receive brings ten events, and BatchWriteItem takes 25. A
/// batch waits only while another write is under way, and no longer than until that is answered, until no other ten would fit in
/// beside it, or for <see cref="Linger"/>.
/// </summary>
internal sealed class SharedWrites(IEventTable table, TimeProvider time)
{
    /// <summary>More than a write takes, and little beside the time an event has been on its way: one that hangs keeps nobody.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(20);

    /// <summary>With more in it, a write has no room for what another receive brings.</summary>
    private const int RoomyMax = IEventTable.ItemsMax - Receiving.Slots.TakenMax;

    private readonly Lock _gate = new();
    private Shared? _gathering;
    private int _underWay;

    /// <summary>As <see cref="IEventTable.WriteAsync"/> for these items, whatever becomes of those they travel with.</summary>
    public async Task<WriteAnswer> WriteAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken)
    {
        Shared? shared = null;
        Shared? leaving = null;
        var first = 0;
        var isNew = false;
        lock (_gate)
        {
            if (_underWay == 0)
            {
                _underWay = 1;
            }
            else
            {
                if (_gathering?.Takes(items) == false)
                {
                    leaving = Leave();
                }

                isNew = _gathering is null;
                shared = _gathering ??= new Shared();
                first = shared.Add(items);
            }
        }

        if (shared is null)
        {
            return await AskAsync(items, cancellationToken);
        }

        Send(leaving);
        if (shared.Items.Count > RoomyMax)
        {
            Send(LeaveIf(shared));
        }
        else if (isNew)
        {
            _ = LeaveAfterLingerAsync(shared);
        }

        await Waiting.ForAsync(shared.Answer, cancellationToken);
        return await shared.Answer switch
        {
            WriteAnswer.Written { Unprocessed.Count: > 0 } written => OfThese(written, first, items.Count),
            // Some item is at fault, and it may be another's.
            WriteAnswer.Refused when shared.Batches > 1 => await table.WriteAsync(items, cancellationToken),
            var answer => answer,
        };
    }

    private async Task<WriteAnswer> AskAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken)
    {
        try
        {
            return await table.WriteAsync(items, cancellationToken);
        }
        finally
        {
            Answered();
        }
    }

    private void Send(Shared? shared)
    {
        if (shared is not null)
        {
            _ = SendAsync(shared);
        }
    }

    /// <summary>Under nobody's token: who gives up leaves, and the others still have their answer.</summary>
    private async Task SendAsync(Shared shared)
    {
        try
        {
            shared.SetAnswer(await AskAsync(shared.Items, CancellationToken.None));
        }
        catch (Exception exception)
        {
            shared.SetException(exception);
        }
    }

    private void Answered()
    {
        Shared? next;
        lock (_gate)
        {
            _underWay--;
            next = _underWay == 0 ? Leave() : null;
        }

        Send(next);
    }

    private async Task LeaveAfterLingerAsync(Shared shared)
    {
        await Task.Delay(Linger, time, CancellationToken.None);
        Send(LeaveIf(shared));
    }

    /// <returns>Null when it has left already.</returns>
    private Shared? LeaveIf(Shared shared)
    {
        lock (_gate)
        {
            return _gathering == shared ? Leave() : null;
        }
    }

    private Shared? Leave()
    {
        var leaving = _gathering;
        _gathering = null;
        _underWay += leaving is null ? 0 : 1;
        return leaving;
    }

    private static WriteAnswer.Written OfThese(WriteAnswer.Written written, int first, int count)
    {
        var unprocessed = new List<int>();
        foreach (var position in written.Unprocessed)
        {
            if (position >= first && position < first + count)
            {
                unprocessed.Add(position - first);
            }
        }

        return unprocessed.Count == 0 ? WriteAnswer.Written.All : new WriteAnswer.Written(unprocessed);
    }

    /// <summary>What goes in one write.</summary>
    private sealed class Shared
    {
        private readonly TaskCompletionSource<WriteAnswer> _answer = new();

        public List<EventItem> Items { get; } = new(IEventTable.ItemsMax);

        public int Batches { get; private set; }

        public Task<WriteAnswer> Answer => _answer.Task;

        /// <summary>A write with one key twice is refused as a whole.</summary>
        public bool Takes(IReadOnlyList<EventItem> items) =>
            Items.Count + items.Count <= IEventTable.ItemsMax
            && !Items.Exists(known => items.Any(item => item.Sort == known.Sort && item.Subject == known.Subject));

        /// <returns>The position of the first of them.</returns>
        public int Add(IReadOnlyList<EventItem> items)
        {
            Batches++;
            Items.AddRange(items);
            return Items.Count - items.Count;
        }

        public void SetAnswer(WriteAnswer answer) => _answer.SetResult(answer);

        public void SetException(Exception exception) => _answer.SetException(exception);
    }
}
