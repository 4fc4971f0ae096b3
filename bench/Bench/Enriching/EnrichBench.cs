using System.Globalization;
using Bench.Draining;
using Bench.Endpoints;
using Bench.Programs;
using Bench.Reporting;

namespace Bench.Enriching;

/// <summary>The whole way with the mock as Genesys: events through the Ingestor, and how long until each conversation has its details.</summary>
internal static class EnrichBench
{
    private const int CallsAMinute = 600;

    public static async Task RunAsync(int events, Report report)
    {
        var conversations = events / MockRun.EventsAConversation;
        report.Heading(
            $"enrich: {events:N0} events of {conversations:N0} conversations under {CallsAMinute} calls a minute"
        );
        await Candidate.Processor.PrepareAsync();
        await using var aws = await EmulatedAws.StartAsync();
        await using var genesys = await MockedGenesys.StartAsync(aws.Environment, CallsAMinute);
        await using var processor = await Candidate.Processor.With(genesys.Environment).StartAsync(aws.Environment);
        MeasuredProgram[] programs = [.. genesys.Programs, processor];

        var run = await MockRun.StartAsync(genesys.Http, events);
        await Progress.ReachesAsync(events, run.AcceptedAsync, programs);
        report.Done($"accepted after {run.Elapsed.TotalSeconds:N1} s");
        await Progress.ReachesAsync(conversations, () => Summaries.EnrichedAsync(aws), programs);
        var elapsed = run.Elapsed;
        if (await aws.RecordedAsync() is var recorded && recorded != events)
        {
            throw new BenchException($"{recorded} of {events} events are recorded.");
        }

        var use = await genesys.ApiUseAsync();
        var table = new Table(
            "events",
            "conversations",
            "s to all enriched",
            "API calls",
            "calls/1,000 events",
            "refused (429)",
            "most in a minute",
            "allowed"
        );
        table.Add(
            Text(events),
            Text(conversations),
            Text(elapsed.TotalSeconds, "N1"),
            Text(use.Calls),
            Text(use.Calls * 1_000.0 / events, "N1"),
            Text(use.Refused),
            Text(use.MostInAMinute),
            Text(use.AllowedAMinute)
        );
        report.Add(table);
    }

    private static string Text(double value, string format = "N0") =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
