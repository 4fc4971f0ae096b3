using System.Diagnostics;
using Events;
using Processor.Receiving;

namespace Processor.Processing;

/// <summary>One receive of one message on its way through this process, from the slot it took to the slot it gives back.</summary>
internal sealed class Delivery(
    ReceivedMessage message,
    DateTimeOffset receivedAt,
    TimeSpan visibility,
    long startedTimestamp
)
{
    private CancellationTokenSource? _lost;
    private volatile bool _isLost;

    public ReceivedMessage Message { get; } = message;

    /// <summary>By our clock, before the request went out: what we believe of visibility errs on the short side.</summary>
    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <summary>Of <see cref="TimeProvider.GetTimestamp"/>, when it was received.</summary>
    public long StartedTimestamp { get; } = startedTimestamp;

    /// <summary>What it had at its receive, whatever the heartbeat makes of it.</summary>
    public TimeSpan Visibility { get; } = visibility;

    /// <summary>Until when nobody else is given this message, as far as we know. The heartbeat moves it.</summary>
    public DateTimeOffset VisibleUntil { get; set; } = receivedAt + visibility;

    /// <summary>Set when the message could be read.</summary>
    public GenesysEvent? Event { get; set; }

    public Outcome? Outcome { get; set; }

    /// <summary>Its delete or its hiding is on the way: the heartbeat leaves it alone.</summary>
    public bool IsSettling { get; set; }

    /// <summary>The consumer span of this message, when somebody listens.</summary>
    public Activity? Activity { get; set; }

    /// <summary>What renews with the heartbeat besides visibility: the claim of a running effect.</summary>
    public Func<CancellationToken, Task<bool>>? RenewClaim { get; set; }

    /// <summary>Cancelled when the message or its claim is no longer ours: whatever still runs for it must stop.</summary>
    public CancellationToken Lost
    {
        get
        {
            // Most messages are gone before anybody asks; a source for each of them would be waste.
            var source = _lost ?? Interlocked.CompareExchange(ref _lost, new CancellationTokenSource(), null) ?? _lost;
            if (_isLost)
            {
                source.Cancel();
            }

            return source.Token;
        }
    }

    public bool IsLost => _isLost;

    public void Lose()
    {
        _isLost = true;
        _lost?.Cancel();
    }
}
