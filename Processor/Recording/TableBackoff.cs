using ServiceDefaults;

namespace Processor.Recording;

/// <summary>
/// The table's own back-off, one for all pollers: while it is closed nothing is received, so that a throttled table costs no message
/// a receive. It opens by time, and then only for one poller with one message; when that is written it is open for all, and when it is
/// refused the pause doubles.
/// </summary>
internal sealed class TableBackoff(RecordingOptions options, TimeProvider time, Random random)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _opensAt = DateTimeOffset.MinValue;
    private TaskCompletionSource? _probing;
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

    /// <returns>True when this is a probe: the caller alone may try, with one message, and says by <see cref="EndTurn"/> that it did.</returns>
    public async Task<bool> WaitForTurnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();

            TaskCompletionSource? probing;
            TimeSpan closed;
            lock (_gate)
            {
                closed = _opensAt - time.GetUtcNow();
                probing = _probing;
                if (closed <= TimeSpan.Zero && probing is null)
                {
                    _probing =
                        _failures == 0
                            ? null
                            : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    return _failures > 0;
                }
            }

            if (closed > TimeSpan.Zero)
            {
                // Task.Delay cuts what is less than a millisecond, and waiting for nothing in a loop is spinning.
                var wait = TimeSpan.FromMilliseconds(Math.Ceiling(closed.TotalMilliseconds));
                await Task.Delay(wait, time, cancellationToken);
                continue;
            }

            await Waiting.ForAsync(probing!.Task, cancellationToken);
        }
    }

    /// <summary>The probe has its answer, or found nothing to try with.</summary>
    public void EndTurn(bool wasProbe)
    {
        if (!wasProbe)
        {
            return;
        }

        TaskCompletionSource? probing;
        lock (_gate)
        {
            (probing, _probing) = (_probing, null);
        }

        probing?.TrySetResult();
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
