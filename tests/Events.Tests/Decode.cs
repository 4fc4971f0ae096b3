using System.Text;

namespace Events.Tests;

internal static class Decode
{
    public static GenesysEvent Event(string envelope) => Event(Encoding.UTF8.GetBytes(envelope));

    public static GenesysEvent Event(byte[] envelope) =>
        Assert.IsType<Decoded.Event>(EventDecoder.Decode(envelope)).Value;

    public static Decoded.Poison Poison(string envelope) => Poison(Encoding.UTF8.GetBytes(envelope));

    public static Decoded.Poison Poison(byte[] envelope) =>
        Assert.IsType<Decoded.Poison>(EventDecoder.Decode(envelope));
}
