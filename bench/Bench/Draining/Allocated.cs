using Bench.Programs;

namespace Bench.Draining;

/// <summary>What .NET programs allocated while they did so many messages.</summary>
internal sealed record Allocated(int Messages, long Bytes)
{
    /// <param name="programs">Who is asked.</param>
    /// <param name="done">How many messages are done; asked when the answers are there.</param>
    public static async Task<Allocated> ByAsync(IReadOnlyList<MeasuredProgram> programs, Func<int> done)
    {
        var answers = await Task.WhenAll(programs.Select(program => program.AllocatedBytesAsync()));
        return new Allocated(done(), answers.Sum());
    }

    public double KilobytesAMessage => Bytes / 1024.0 / Messages;

    public static Allocated operator -(Allocated later, Allocated earlier) =>
        new(later.Messages - earlier.Messages, later.Bytes - earlier.Bytes);
}
