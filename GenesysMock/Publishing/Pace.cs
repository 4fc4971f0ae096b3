using GenesysMock.Traffic;

namespace GenesysMock.Publishing;

/// <summary>When a delivery of a run is to be sent, counted from the run's start.</summary>
internal abstract record Pace
{
    private Pace() { }

    /// <param name="position">The delivery's place in the run, from 0.</param>
    /// <param name="due">When it is due on the run's timeline, counted from the plan's origin.</param>
    public abstract TimeSpan At(long position, TimeSpan due);

    /// <summary>At once; the ingestor's answers are the only brake.</summary>
    internal sealed record AsFastAsAccepted : Pace
    {
        public override TimeSpan At(long position, TimeSpan due) => TimeSpan.Zero;
    }

    /// <summary>So many deliveries a second, whenever they happened.</summary>
    internal sealed record Steady(double PerSecond, Burst? Burst) : Pace
    {
        public override TimeSpan At(long position, TimeSpan due) =>
            Release(TimeSpan.FromSeconds(position / PerSecond), Burst);
    }

    /// <summary>Each when it is due: what is told happens now.</summary>
    internal sealed record Live(Burst? Burst) : Pace
    {
        public override TimeSpan At(long position, TimeSpan due) => Release(due, Burst);
    }

    private static TimeSpan Release(TimeSpan due, Burst? burst) => burst?.Release(due) ?? due;
}
