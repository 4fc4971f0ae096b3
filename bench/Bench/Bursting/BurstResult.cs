namespace Bench.Bursting;

/// <param name="Name">What the Processor did besides recording.</param>
/// <param name="Phases">In order.</param>
/// <param name="Delays">From due to recorded, of all events.</param>
/// <param name="Drained">From the end of the burst until the queue was empty.</param>
/// <param name="Elapsed">From the first event until nothing was left to do.</param>
/// <param name="ProcessorTime">Of the Processor, from the first event on.</param>
/// <param name="PeakResidentBytes">Of the Processor.</param>
internal sealed record BurstResult(
    string Name,
    IReadOnlyList<(string Name, Phase Phase)> Phases,
    Delays Delays,
    TimeSpan Drained,
    TimeSpan Elapsed,
    TimeSpan ProcessorTime,
    long PeakResidentBytes
)
{
    public double MicrosecondsAnEvent => ProcessorTime.TotalMicroseconds / Phases.Sum(phase => phase.Phase.Sent);

    public override string ToString() =>
        $"{Name}: the queue was empty {Drained.TotalMilliseconds:N0} ms after the burst; {MicrosecondsAnEvent:N0} µs of processor time an event, "
        + $"{PeakResidentBytes / 1048576} MB at the most.";
}
