using ServiceDefaults;

namespace Processor.Recording;

/// <summary>
/// Lets batches that are recorded at the same time travel in one write: a receive brings ten events, and BatchWriteItem takes 25. A
/// batch waits only while others are under way, and no longer than until the last of them is answered, until no other ten would fit in
/// beside it, or for the linger. The first of those that wait writes for all of them: nothing is written that nobody waits for.
/// </summary>
internal sealed class SharedWrites(IEventTable table, RecordingOptions options, TimeProvider time)
{
    /// <summary>With more in it, a write has no room for what another receive brings.</summary>
    private const int RoomyMax = IEventTable.ItemsMax - Receiving.Slots.TakenMax;

    private readonly Lock _gate = new();
    private Shared? _gathering;
    private int _underWay;

    /// <summary>As <see cref="IEventTable.WriteAsync"/> for these items, whatever becomes of those they travel with.</summary>
    public async Task<WriteAnswer> WriteAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken)
    {
        if (Join(items) is not var (shared, first))
        {
            return await AskAsync(items, cancellationToken);
        }

        if (first == 0)
        {
            await LeadAsync(shared, cancellationToken);
        }
        else
        {
            await Waiting.ForAsync(shared.Told, cancellationToken);
        }

        // Of no answer, some item of theirs is at fault, and it may be another's: each batch finds out by itself.
        return await shared.Told is { } answer
            ? OfThese(answer, first, items.Count)
            : await table.WriteAsync(items, cancellationToken);
    }

    /// <returns>What it travels in, and from which position on; null when nobody is under way, and it goes by itself.</returns>
    private (Shared Shared, int First)? Join(IReadOnlyList<EventItem> items)
    {
        lock (_gate)
        {
            if (_underWay == 0)
            {
                _underWay = 1;
                return null;
            }

            if (_gathering?.Takes(items) == false)
            {
                Leave_NeedsLock();
            }

            var shared = _gathering ??= new Shared();
            var first = shared.Add(items);
            if (shared.Items.Count > RoomyMax)
            {
                Leave_NeedsLock();
            }

            return (shared, first);
        }
    }

    /// <summary>Under its own token: if it has to go, those who follow ask for themselves.</summary>
    private async Task LeadAsync(Shared shared, CancellationToken cancellationToken)
    {
        await Task.WhenAny(LeavesAsync(shared), Task.Delay(options.Linger, time, CancellationToken.None));
        LeaveWith(shared);

        WriteAnswer? answer = null;
        try
        {
            answer = await AskAsync(shared.Items, cancellationToken);
            if (answer is WriteAnswer.Refused && shared.Batches > 1)
            {
                answer = null;
            }
        }
        catch (Exception) when (shared.Batches > 1 && !cancellationToken.IsCancellationRequested)
        {
            // A bug, and it may be one that another's item meets.
        }
        finally
        {
            shared.Tell(answer);
        }
    }

    /// <summary>Awaited, not handed to <see cref="Task.WhenAny(Task, Task)"/>: that would go on outside the caller's context, and so outside a simulated world.</summary>
    private static async Task LeavesAsync(Shared shared) => await shared.Leaves;

    private async Task<WriteAnswer> AskAsync(IReadOnlyList<EventItem> items, CancellationToken cancellationToken)
    {
        try
        {
            return await table.WriteAsync(items, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _underWay--;
                if (_underWay == 0)
                {
                    Leave_NeedsLock();
                }
            }
        }
    }

    private void LeaveWith(Shared shared)
    {
        lock (_gate)
        {
            if (_gathering == shared)
            {
                Leave_NeedsLock();
            }
        }
    }

    private void Leave_NeedsLock()
    {
        if (_gathering is not null)
        {
            _underWay++;
            _gathering.Leave();
            _gathering = null;
        }
    }

    private static WriteAnswer OfThese(WriteAnswer answer, int first, int count)
    {
        if (answer is not WriteAnswer.Written { Unprocessed: { Count: > 0 } all })
        {
            return answer;
        }

        var unprocessed = new List<int>();
        foreach (var position in all)
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
        private readonly TaskCompletionSource _leaves = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<WriteAnswer?> _told = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public List<EventItem> Items { get; } = new(IEventTable.ItemsMax);

        public int Batches { get; private set; }

        /// <summary>The answer to all of it; null when each batch has to ask by itself.</summary>
        public Task<WriteAnswer?> Told => _told.Task;

        /// <summary>No more will come to it.</summary>
        public Task Leaves => _leaves.Task;

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

        public void Leave() => _leaves.SetResult();

        public void Tell(WriteAnswer? answer) => _told.SetResult(answer);
    }
}
