using Bench.Endpoints;

namespace Bench.Draining;

/// <summary>What it took to empty one queue.</summary>
/// <param name="Name">Who did it.</param>
/// <param name="Messages">How many there were.</param>
/// <param name="Elapsed">From the start of the processes to the last delete.</param>
/// <param name="Course">Processor time of the processes, their whole life.</param>
/// <param name="PeakResidentBytes">Of the largest process.</param>
/// <param name="Counts">What AWS was asked.</param>
/// <param name="Recorded">How many events are in the table.</param>
internal sealed record DrainResult(
    string Name,
    int Messages,
    TimeSpan Elapsed,
    Course Course,
    long PeakResidentBytes,
    RequestCounts Counts,
    int Recorded
)
{
    private const int Parts = 10;

    /// <summary>From the start to the end; null of a program that cannot be asked.</summary>
    public Allocated? Allocated { get; init; }

    /// <summary>Of that, what came while the second half of the messages was done.</summary>
    public Allocated? AllocatedLater { get; init; }

    public double EventsPerSecond => Messages / Elapsed.TotalSeconds;

    public double MicrosecondsAnEvent => Course.ProcessorTime.TotalMicroseconds / Messages;

    /// <summary>Of the second half of the messages alone: the start is over then, though not all of the warming up.</summary>
    public double MarginalMicroseconds => Course.Between(Messages / 2.0, Messages).TotalMicroseconds * 2 / Messages;

    /// <summary>Processor time an event, of each tenth of the messages.</summary>
    public IReadOnlyList<double> MicrosecondsByTenth =>
        [
            .. Enumerable
                .Range(0, Parts)
                .Select(part => Course.Between(At(part), At(part + 1)).TotalMicroseconds * Parts / Messages),
        ];

    public double PeakMegabytes => PeakResidentBytes / 1024.0 / 1024.0;

    public double RequestsPerThousand => Per1000(Counts.Total);

    public double WriteUnitsPerThousand => Per1000(Counts.WriteUnits);

    public double DollarsPerMillion => Price.OfMillion(Per1000(Counts.Sqs), WriteUnitsPerThousand);

    public int Requests(string operation) => Counts.ByOperation.GetValueOrDefault(operation);

    public override string ToString() =>
        $"{Name}: {EventsPerSecond:N0} events/s, {MicrosecondsAnEvent:N0} µs/event, {PeakMegabytes:N0} MB";

    public double Per1000(double count) => count * 1_000 / Messages;

    private double At(int part) => (double)Messages * part / Parts;
}
