using System.Threading.Channels;

namespace Processor.Recording;

/// <summary>
/// Duplicates that wait to be counted beside the attempts of their event, for whoever looks at its conversation. No event waits for
/// it or fails by it: what finds no room is not counted, so a count says "at least".
/// </summary>
internal sealed class DuplicateCounts(RecordingOptions options)
{
    /// <summary>A flood of more than that says the same.</summary>
    public const int WaitingMax = 1_000;

    private readonly Channel<string> _waiting = Channel.CreateBounded<string>(
        new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.Wait }
    );

    public void Add(string eventKey)
    {
        if (options.CountDuplicates)
        {
            _waiting.Writer.TryWrite(eventKey);
        }
    }

    /// <summary>Waits for the first and takes all there are, by event key.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, int>>> TakeAsync(CancellationToken cancellationToken)
    {
        await _waiting.Reader.WaitToReadAsync(cancellationToken);
        var taken = new List<string>();
        while (taken.Count < WaitingMax && _waiting.Reader.TryRead(out var eventKey))
        {
            taken.Add(eventKey);
        }

        return [.. taken.CountBy(key => key, StringComparer.Ordinal)];
    }
}
