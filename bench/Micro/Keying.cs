using System.Text;
using BenchmarkDotNet.Attributes;
using Events;
using Events.Envelopes;
using Events.Identity;
using Processor.Testing.Building;

namespace Micro;

/// <summary>The event key of an envelope that has been read. What was read lives on the stack, so each call reads once and makes many.</summary>
public class Keying
{
    private const int Keys = 1_000;

    private readonly byte[] _envelope = Encoding.UTF8.GetBytes(Samples.Call("bench-conversation")[3]);
    private readonly GenesysEvent _event;

    public Keying() => _event = ((Decoded.Event)EventDecoder.Decode(_envelope)).Value;

    [Benchmark(Description = "event key", OperationsPerInvoke = Keys)]
    public string MakeKey()
    {
        var reader = new EnvelopeReader(_envelope);
        reader.Read();
        var key = string.Empty;
        for (var made = 0; made < Keys; made++)
        {
            key = EventKey.Of(reader, _event.Topic, _event.Subject, _event.EventTime);
        }

        return key;
    }
}
