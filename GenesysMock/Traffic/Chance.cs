namespace GenesysMock.Traffic;

/// <summary>
/// Everything the traffic leaves to chance, drawn from one seed. The salt goes into ids only: the same seed tells the same
/// stories every time, but two runs of it are about different conversations.
/// </summary>
internal sealed class Chance(int seed, long salt)
{
    private readonly Random _random = new(seed);

    public bool Happens(double share) => _random.NextDouble() < share;

    public int Between(int least, int most) => _random.Next(least, most + 1);

    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        TimeSpan.FromMilliseconds(_random.NextInt64((long)least.TotalMilliseconds, (long)most.TotalMilliseconds + 1));

    public TimeSpan Seconds(int least, int most) => Between(TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));

    /// <summary>How long Genesys takes to publish a detail event: 262 to 378 ms in captures.</summary>
    public TimeSpan PublishLag() => TimeSpan.FromMilliseconds(Between(262, 378));

    /// <summary>A wait between arrivals that know nothing of each other: exponential, cut off at eight times the mean.</summary>
    public TimeSpan Gap(TimeSpan mean) => mean * Math.Min(-Math.Log(1 - _random.NextDouble()), 8);

    public T Pick<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    public string Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        BitConverter.TryWriteBytes(bytes, BitConverter.ToInt64(bytes) ^ salt);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes).ToString();
    }
}
