using System.Globalization;
using Bench.Endpoints;
using Bench.Programs;
using Bench.Reporting;
using Testing;

namespace Bench.Ingesting;

/// <summary>The built Ingestor against a queue that answers after the time SQS takes, at 1, 10 and 100 senders.</summary>
internal static class IngestBench
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(0.5);

    public static async Task RunAsync(int events, Report report)
    {
        report.Heading($"ingest: {events:N0} events a run, SQS answers after {Latency.TotalMilliseconds} ms");
        await using var queue = await CountingQueue.StartAsync(Latency);
        await using var ingestor = await StartAsync(queue);
        using var crowd = new SenderCrowd(UrlOf(ingestor));

        await crowd.SendAsync(senders: 100, events: 20_000);
        await crowd.SendAsync(senders: 1, events: 500);
        await SettleAsync(ingestor);
        var table = new Table("senders", "events/s", "CPU µs/event", "SQS requests/1,000", "p50 ms", "p99 ms");
        foreach (var senders in (int[])[1, 10, 100])
        {
            var few = senders == 1 ? Math.Min(events, 2_000) : events;
            queue.Reset();
            var before = ingestor.ProcessorTime;
            var run = await crowd.SendAsync(senders, few);
            var processorTime = ingestor.ProcessorTime - before;
            if (queue.Events != few)
            {
                throw new BenchException($"{queue.Events} of {few} events came to the queue.");
            }

            table.Add(
                senders.ToString(CultureInfo.InvariantCulture),
                Text(few / run.Elapsed.TotalSeconds, "N0"),
                Text(processorTime.TotalMicroseconds / few, "N0"),
                Text(queue.Requests * 1_000.0 / few, "N1"),
                Text(run.Percentile(0.50), "N1"),
                Text(run.Percentile(0.99), "N1")
            );
        }

        report.Add(table);
    }

    private static Task<MeasuredProgram> StartAsync(CountingQueue queue) =>
        MeasuredProgram.StartAsync(
            "dotnet",
            [Repository.ProgramOf("Ingestor")],
            new Dictionary<string, string>(queue.Environment)
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Ingestor__ApiKeys__0"] = Names.ApiKey,
            },
            WebProgram.ReadyWords
        );

    private static Uri UrlOf(MeasuredProgram ingestor) => WebProgram.UrlIn(ingestor.ReadyLine);

    /// <summary>Ends when the compiler in the background has nothing left to do: what it costs is not the cost of an event.</summary>
    private static async Task SettleAsync(MeasuredProgram ingestor)
    {
        const int LooksMax = 60;
        for (var look = 0; look < LooksMax; look++)
        {
            var before = ingestor.ProcessorTime;
            await Task.Delay(QuietAfter, TimeProvider.System, CancellationToken.None);
            if (ingestor.ProcessorTime - before < TimeSpan.FromMilliseconds(20))
            {
                return;
            }
        }
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
