using System.Threading.Channels;

namespace Processor.Settlement;

/// <summary>
/// Gathers items until there are ten, or until the first has waited for the linger, and hands them on; a few batches may be on
/// their way at once.
/// </summary>
internal sealed class BatchLoop<T>(int capacity, int callsMax, TimeSpan linger, TimeProvider time)
{
    /// <summary>The entries of one SQS batch call.</summary>
    public const int ItemsMax = 10;

    private readonly Channel<T> _items = Channel.CreateBounded<T>(
        new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );

    public ValueTask AddAsync(T item, CancellationToken cancellationToken) =>
        _items.Writer.WriteAsync(item, cancellationToken);

    /// <summary>No more will come: what is there goes out at once, and <see cref="RunAsync"/> ends.</summary>
    public void Complete() => _items.Writer.TryComplete();

    public async Task RunAsync(Func<IReadOnlyList<T>, Task> handOn)
    {
        var calls = new Task[callsMax];
        Array.Fill(calls, Task.CompletedTask);
        var next = 0;

        while (await _items.Reader.WaitToReadAsync())
        {
            var batch = new List<T>(ItemsMax);
            await FillAsync(batch);

            // The oldest call first: with all of them busy, this is the back-pressure.
            await calls[next];
            calls[next] = handOn(batch);
            next = (next + 1) % callsMax;
        }

        await Task.WhenAll(calls);
    }

    private async Task FillAsync(List<T> batch)
    {
        Drain(batch);
        if (batch.Count == ItemsMax)
        {
            return;
        }

        using var over = new CancellationTokenSource();
        var lingering = Task.Delay(linger, time, over.Token);
        while (batch.Count < ItemsMax)
        {
            var more = MoreAsync();
            if (await Task.WhenAny(more, lingering) != more || !await more)
            {
                break;
            }

            Drain(batch);
        }

        over.Cancel();
    }

    /// <summary>Awaited, not turned into a task: that would go on outside the caller's context, and so outside a simulated world.</summary>
    private async Task<bool> MoreAsync() => await _items.Reader.WaitToReadAsync();

    private void Drain(List<T> batch)
    {
        while (batch.Count < ItemsMax && _items.Reader.TryRead(out var item))
        {
            batch.Add(item);
        }
    }
}
