using Bench.Draining;
using Bench.Endpoints;
using Bench.Enriching;
using Bench.Programs;
using Bench.Reporting;

namespace Bench.Bursting;

/// <summary>
/// Ten times the mean for half a minute: how many are not yet deleted, when there are few again, how late an event is in the table, and what of
/// the API's budget it took. Once with nothing but recording, once with enrichment.
/// </summary>
internal static class BurstBench
{
    private const int Mean = 50;
    private const int Factor = 10;

    /// <summary>What the platform allows a token by default.</summary>
    private const int CallsAMinute = 300;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(Report report)
    {
        report.Heading(
            $"burst: {Mean} events/s for {Calm.TotalSeconds} s, {Mean * Factor} for {Burst.TotalSeconds} s, {Mean} for {Calm.TotalSeconds} s"
        );
        await Candidate.Processor.PrepareAsync();
        await using var sink = await CountingQueue.StartAsync(TimeSpan.Zero);
        await using var genesys = await MockedGenesys.StartAsync(sink.Environment, CallsAMinute);
        var bodies = await BodiesAsync(genesys);

        var conversations = bodies.Count / MockRun.EventsAConversation;
        var recording = await RunAsync("recording", bodies, Candidate.Processor, toEnrich: 0, report);
        var enriching = await RunAsync(
            "and enriching",
            bodies,
            Candidate.Processor.With(genesys.Environment),
            conversations,
            report
        );

        report.Add(BurstTable.Of([recording, enriching]));
        report.Add(recording.ToString());
        report.Add(enriching.ToString());
        var use = await genesys.ApiUseAsync();
        report.Add(
            $"Enrichment: all {conversations:N0} conversations {enriching.Elapsed.TotalSeconds:N1} s after the first event, {use.Calls} calls of the API, "
                + $"at most {use.MostInAMinute} in a minute that allows {use.AllowedAMinute}, {use.Refused} refused."
        );
    }

    /// <summary>
    /// Events of conversations that the mock knows. It tells the API's side only of what it has published: that goes through the Ingestor to
    /// a queue that keeps nothing, and then from here at the pace of the burst.
    /// </summary>
    private static async Task<IReadOnlyList<string>> BodiesAsync(MockedGenesys genesys)
    {
        var events = (int)(Mean * (Factor * Burst.TotalSeconds + 2 * Calm.TotalSeconds));
        var run = await MockRun.StartAsync(genesys.Http, events);
        await Progress.ReachesAsync(events, run.AcceptedAsync, genesys.Programs);
        return await run.EnvelopesAsync();
    }

    private static async Task<BurstResult> RunAsync(
        string name,
        IReadOnlyList<string> bodies,
        Candidate candidate,
        int toEnrich,
        Report report
    )
    {
        report.Done(name);
        var writes = new WriteAnswers();
        await using var aws = await EmulatedAws.StartAsync(writes);
        await using var processor = await candidate.StartAsync(aws.Environment);
        var before = processor.ProcessorTime;
        var publisher = new Publisher(aws, bodies);
        var calm = await publisher.PublishAsync(Mean, Calm);
        report.Done($"  burst after {publisher.SinceStart.TotalSeconds:N0} s");
        var burst = await publisher.PublishAsync(Mean * Factor, Burst);
        var burstEnded = publisher.SinceStart;
        await DrainedAsync();
        var drained = publisher.SinceStart - burstEnded;
        report.Done($"  calm after {publisher.SinceStart.TotalSeconds:N0} s");
        var after = await publisher.PublishAsync(Mean, Calm);
        await DrainedAsync();
        await Progress.ReachesAsync(toEnrich, () => Summaries.EnrichedAsync(aws), [processor]);
        if (await aws.RecordedAsync() is var recorded && recorded != publisher.Sent)
        {
            throw new BenchException($"{name}: {recorded} of {publisher.Sent} events are recorded.");
        }

        return new BurstResult(
            name,
            [("before", calm), ("burst", burst), ("after", after)],
            new Delays(writes),
            drained,
            publisher.SinceStart,
            processor.ProcessorTime - before,
            processor.PeakResidentBytes
        );

        Task DrainedAsync() => Progress.ReachesAsync(publisher.Sent, () => aws.Counts.Deleted, [processor]);
    }
}
