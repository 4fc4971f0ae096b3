namespace GenesysMock.Traffic;

/// <summary>How the bus treats a thing: late or out of turn, once or more often.</summary>
internal sealed class Dispatch(Organization organization, TrafficShape shape, Chance chance)
{
    // A few seconds are what practitioners report; a minute is the late event that breaks those who sort by arrival.
    private static readonly TimeSpan OutOfTurnMax = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LateMin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LateMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CopyMax = TimeSpan.FromSeconds(20);

    public Scheduled Schedule(Emission emission)
    {
        var envelopeId = chance.Id();
        var due = emission.Happening.PublishedAt + Delay();
        var first = new Delivery(
            emission,
            Copy.First,
            envelopeId,
            due,
            Write(emission, envelopeId, time: emission.Happening.PublishedAt)
        );

        // Poison is delivered once, so that a dead letter counts for one thing.
        return emission.Poison is null && chance.Happens(shape.Duplicates)
            ? new Scheduled(emission, [first, .. Copies(first)])
            : new Scheduled(emission, [first]);
    }

    private IEnumerable<Delivery> Copies(Delivery first)
    {
        var due = first.Due;
        do
        {
            due += chance.Between(TimeSpan.FromMilliseconds(1), CopyMax);
            yield return chance.Happens(0.5)
                ? first with
                {
                    Copy = Copy.Redelivered,
                    Due = due,
                }
                : Republished(first, due);
        } while (chance.Happens(0.2));
    }

    private Delivery Republished(Delivery first, DateTimeOffset due)
    {
        var envelopeId = chance.Id();
        return new Delivery(first.Emission, Copy.Republished, envelopeId, due, Write(first.Emission, envelopeId, due));
    }

    private byte[] Write(Emission emission, string envelopeId, DateTimeOffset time) =>
        Envelope.Write(organization, emission.Happening, envelopeId, time, emission.Poison);

    private TimeSpan Delay()
    {
        if (chance.Happens(shape.Late))
        {
            return chance.Between(LateMin, LateMax);
        }

        return chance.Happens(shape.Reorder) ? chance.Between(TimeSpan.Zero, OutOfTurnMax) : TimeSpan.Zero;
    }
}
