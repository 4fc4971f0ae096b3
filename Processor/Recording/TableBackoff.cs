namespace Processor.Recording;

/// <summary>
/// The table's own back-off, one for all pollers: while it is closed nothing is received, so that a throttled table costs no message
/// a receive. It opens by time; the first batch that is written resets it, the first that is refused doubles it.
/// </summary>
internal sealed class TableBackoff(RecordingOptions options, TimeProvider time, Random random)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _opensAt = DateTimeOffset.MinValue;
    private int _failures;

    /// <summary>When it is worth trying again.</summary>
    public DateTimeOffset OpensAt
    {
        get
        {
            lock (_gate)
            {
                return _opensAt;
            }
        }
    }

    public async Task WaitUntilOpenAsync(CancellationToken cancellationToken)
    {
        while (OpensAt - time.GetUtcNow() is { Ticks: > 0 } left)
        {
            await Task.Delay(left, time, cancellationToken);
        }
    }

    public void Written()
    {
        lock (_gate)
        {
            _failures = 0;
        }
    }

    /// <returns>When the refused messages should come back.</returns>
    public DateTimeOffset Refused()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_opensAt <= now)
            {
                // One refusal a pause: eight pollers that are refused together are one sign, not eight.
                _failures++;
                _opensAt =
                    now + Receiving.Backoff.After(_failures, options.Backoff, options.BackoffMax, random.NextDouble());
            }

            return _opensAt;
        }
    }
}
