using System.Globalization;
using Ingestor.Bench;

// usage: dotnet run -c Release --project bench/Ingestor.Bench [-- EVENTS [SQS LATENCY IN MS]]
// Starts the built Ingestor against a queue of its own and measures it at 1, 10 and 100 senders.
var events = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000;
var latency = TimeSpan.FromMilliseconds(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 10);

await using var queue = await CountingQueue.StartAsync(latency);
await using var ingestor = await IngestorUnderTest.StartAsync(queue.Url);
using var crowd = new SenderCrowd(ingestor.Url);

await crowd.SendAsync(senders: 100, events: 20_000);
await crowd.SendAsync(senders: 1, events: 500);
await ingestor.SettleAsync();
Console.WriteLine(
    $"{events:N0} events a run, SQS answers after {latency.TotalMilliseconds} ms, {Environment.ProcessorCount} cores"
);
Console.WriteLine("senders    events/s   CPU µs/event   SQS requests/1,000   p50 ms   p99 ms");
foreach (var senders in (int[])[1, 10, 100])
{
    var few = senders == 1 ? Math.Min(events, 2_000) : events;
    queue.Reset();
    var before = ingestor.ProcessorTime;
    var run = await crowd.SendAsync(senders, few);
    var processorTime = ingestor.ProcessorTime - before;
    Console.WriteLine(
        $"{senders, 7}{few / run.Elapsed.TotalSeconds, 12:N0}{processorTime.TotalMicroseconds / few, 15:N1}"
            + $"{queue.Requests * 1_000.0 / few, 21:N1}{run.Percentile(0.50), 9:N1}{run.Percentile(0.99), 9:N1}"
    );
}
