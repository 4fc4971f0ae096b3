using Microsoft.Extensions.Options;

namespace Ingestor.Receiving;

/// <summary>The memory that all request bodies together may take.</summary>
internal sealed class BodyRoom(IOptions<ReceivingOptions> options)
{
    private readonly long _bytesMax = options.Value.BodiesBytesMax;
    private long _taken;

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
