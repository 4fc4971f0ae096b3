using System.Text;
using BenchmarkDotNet.Attributes;
using Events;
using Processor.Recording;
using Processor.Testing.Building;

namespace Micro;

/// <summary>From the text of one event to its item.</summary>
public class Decoding
{
    private static readonly DateTimeOffset ReceivedAt = DateTimeOffset.UnixEpoch;

    private readonly byte[] _envelope = Encoding.UTF8.GetBytes(Samples.Call("bench-conversation")[3]);
    private readonly GenesysEvent _event;

    public Decoding() => _event = ((Decoded.Event)EventDecoder.Decode(_envelope)).Value;

    [Benchmark(Description = "decode one event, its keys included")]
    public Decoded Decode() => EventDecoder.Decode(_envelope);

    [Benchmark(Description = "make its item")]
    public object MakeItem() => EventItems.Of(_event, ReceivedAt, ReceivedAt, TimeSpan.FromDays(90));
}
