using Bench.Endpoints;

namespace Bench.Draining;

/// <summary>What it took to empty one queue.</summary>
/// <param name="Name">Who did it.</param>
/// <param name="Messages">How many there were.</param>
/// <param name="Elapsed">From the start of the processes to the last delete.</param>
/// <param name="ProcessorTime">Of the processes, their whole life.</param>
/// <param name="SecondHalf">Of that, what went by while the second half of the messages was done: start and warming up are over then.</param>
/// <param name="PeakResidentBytes">Of the largest process.</param>
/// <param name="Counts">What AWS was asked.</param>
/// <param name="Recorded">How many events are in the table.</param>
internal sealed record DrainResult(
    string Name,
    int Messages,
    TimeSpan Elapsed,
    TimeSpan ProcessorTime,
    TimeSpan SecondHalf,
    long PeakResidentBytes,
    RequestCounts Counts,
    int Recorded
)
{
    public double EventsPerSecond => Messages / Elapsed.TotalSeconds;

    public double MicrosecondsAnEvent => ProcessorTime.TotalMicroseconds / Messages;

    public double MarginalMicroseconds => SecondHalf.TotalMicroseconds * 2 / Messages;

    public double PeakMegabytes => PeakResidentBytes / 1024.0 / 1024.0;

    public double RequestsPerThousand => Per1000(Counts.Total);

    public double WriteUnitsPerThousand => Per1000(Counts.WriteUnits);

    public double DollarsPerMillion => Price.OfMillion(Per1000(Counts.Sqs), WriteUnitsPerThousand);

    public override string ToString() =>
        $"{Name}: {EventsPerSecond:N0} events/s, {MicrosecondsAnEvent:N0} µs/event, {PeakMegabytes:N0} MB";

    public double Per1000(double count) => count * 1_000 / Messages;
}
