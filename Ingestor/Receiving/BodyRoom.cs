using Microsoft.Extensions.Options;

namespace Ingestor.Receiving;

/// <summary>The memory that all request bodies together may take.</summary>
internal sealed class BodyRoom
{
    private readonly long _bytesMax;
    private long _taken;

    public BodyRoom(IOptions<ReceivingOptions> options, IngestMetrics metrics)
    {
        _bytesMax = options.Value.BodiesBytesMax;
        BodyBytesMax = options.Value.BodyBytesMax;
        metrics.WatchBodies(() => Taken);
    }

    /// <summary>What one of them may have.</summary>
    public int BodyBytesMax { get; }

    public long Taken => Volatile.Read(ref _taken);

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= _bytesMax)
        {
            return true;
        }

        GiveBack(bytes);
        return false;
    }

    public void GiveBack(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
