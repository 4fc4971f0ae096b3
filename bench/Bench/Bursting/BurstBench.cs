using System.Globalization;
using Bench.Draining;
using Bench.Endpoints;
using Bench.Loads;
using Bench.Programs;
using Bench.Reporting;

namespace Bench.Bursting;

/// <summary>Ten times the mean for half a minute: how long the queue gets, when it is short again, and how late an event is in the table.</summary>
internal static class BurstBench
{
    private const int Mean = 50;
    private const int Factor = 10;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Report report)
    {
        report.Heading(
            $"burst: {Mean} events/s for {Calm.TotalSeconds} s, {Mean * Factor} for {Burst.TotalSeconds} s, {Mean} for {Calm.TotalSeconds} s"
        );
        var events = (int)(Mean * (Factor * Burst.TotalSeconds + 2 * Calm.TotalSeconds));
        var bodies = Workload.Of(events, seed: 2, duplicateShare: 0, poisonShare: 0).Bodies;
        await using var aws = await EmulatedAws.StartAsync();
        await using var processor = await Candidate.Processor.StartAsync(aws.Environment);
        var before = processor.ProcessorTime;
        var publisher = new Publisher(aws, bodies);
        var calm = await publisher.PublishAsync(Mean, Calm);
        var burst = await publisher.PublishAsync(Mean * Factor, Burst);
        var burstEnded = publisher.SinceStart;
        await Progress.ReachesAsync(publisher.Sent, () => aws.Counts.Deleted, [processor]);
        var drained = publisher.SinceStart - burstEnded;
        var after = await publisher.PublishAsync(Mean, Calm);
        await Progress.ReachesAsync(publisher.Sent, () => aws.Counts.Deleted, [processor]);
        var processorTime = processor.ProcessorTime - before;

        var delays = await Delays.ReadAsync(aws.DynamoDbClient);
        var table = new Table("phase", "events", "events/s sent", "longest queue", "p50 ms", "p99 ms", "max ms");
        foreach (var (name, phase) in new[] { ("before", calm), ("burst", burst), ("after", after) })
        {
            var late = delays.Between(phase.From, phase.To);
            table.Add(
                name,
                Text(late.Count),
                Text(phase.Sent / (phase.To - phase.From).TotalSeconds),
                Text(phase.LongestQueue),
                Text(Delays.Percentile(late, 0.50)),
                Text(Delays.Percentile(late, 0.99)),
                Text(Delays.Percentile(late, 1))
            );
        }

        report.Add(table);
        report.Add(
            $"The queue was empty {drained.TotalMilliseconds:N0} ms after the burst. "
                + $"{processorTime.TotalMicroseconds / events:N0} µs of processor time an event, {processor.PeakResidentBytes / 1048576} MB at the most."
        );
    }

    private static string Text(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
