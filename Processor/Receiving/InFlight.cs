using Processor.Processing;

namespace Processor.Receiving;

/// <summary>
/// The ledger of this process: every message received is in it until it is done or released. At the end it must be empty, and
/// <c>received = done + released</c>: the proof that nothing was abandoned.
/// </summary>
internal sealed class InFlight(Slots slots)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Delivery> _deliveries = [];

    public long Received { get; private set; }

    public long Done { get; private set; }

    public long Released { get; private set; }

    public long Abandoned => Received - Done - Released;

    public void Add(IReadOnlyList<Delivery> received)
    {
        lock (_gate)
        {
            Received += received.Count;
            foreach (var delivery in received)
            {
                _deliveries.Add(delivery);
            }
        }
    }

    /// <summary>Messages under way now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _deliveries.Count;
            }
        }
    }

    /// <summary>
    /// Their outcome is carried out: deleted, hidden until later, or their receive is no longer ours. Together, so that the next
    /// receive finds room for ten and not for one.
    /// </summary>
    public void Complete(IReadOnlyList<Delivery> deliveries) => Leave(deliveries, released: false);

    /// <summary>They were given back unstarted, for another to take at once.</summary>
    public void Release(IReadOnlyList<Delivery> deliveries) => Leave(deliveries, released: true);

    /// <summary>What is under way now, for the heartbeat.</summary>
    public void CopyTo(List<Delivery> destination)
    {
        lock (_gate)
        {
            destination.AddRange(_deliveries);
        }
    }

    /// <summary>When the oldest message under way was sent; null when there is none.</summary>
    public DateTimeOffset? OldestSentAt()
    {
        lock (_gate)
        {
            return _deliveries.Count == 0 ? null : _deliveries.Min(delivery => delivery.Message.SentAt);
        }
    }

    private void Leave(IReadOnlyList<Delivery> deliveries, bool released)
    {
        var left = 0;
        lock (_gate)
        {
            foreach (var delivery in deliveries)
            {
                left += _deliveries.Remove(delivery) ? 1 : 0;
            }

            Done += released ? 0 : left;
            Released += released ? left : 0;
        }

        slots.GiveBack(left);
    }
}
