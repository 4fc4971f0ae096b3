using Bench.Programs;

namespace Bench.Draining;

/// <summary>How processor time went by while messages were done: what a start costs and what an event costs later are told apart by it.</summary>
internal sealed class Course(IReadOnlyList<MeasuredProgram> programs)
{
    private readonly List<(int Done, TimeSpan ProcessorTime)> _looks = [(0, TimeSpan.Zero)];

    /// <summary>Of all programs, until the last look.</summary>
    public TimeSpan ProcessorTime => _looks[^1].ProcessorTime;

    public void Look(int done) =>
        _looks.Add((done, TimeSpan.FromTicks(programs.Sum(program => program.ProcessorTime.Ticks))));

    /// <summary>What went by from the so-manieth message to the so-manieth; between two looks it is taken to be even.</summary>
    public TimeSpan Between(double from, double to) => At(to) - At(from);

    private TimeSpan At(double done)
    {
        var after = _looks.FindIndex(look => look.Done >= done);
        if (after <= 0)
        {
            return after < 0 ? ProcessorTime : TimeSpan.Zero;
        }

        var (fromDone, from) = _looks[after - 1];
        var (toDone, to) = _looks[after];
        return from + (to - from) * ((done - fromDone) / (toDone - fromDone));
    }
}
