namespace Aspire.Hosting.Tests.Running;

public sealed class StoppingTests
{
    private const string Drains = """
        process.on('SIGTERM', () => { console.log('draining'); setTimeout(() => { console.log('drained'); process.exit(0); }, 300); });
        setInterval(() => {}, 1000); console.log('awake');
        """;

    private const string DoesNotEnd =
        "process.on('SIGTERM', () => console.log('not yet')); setInterval(() => {}, 1000); console.log('awake');";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_process_has_time_to_drain_and_what_it_needs_stops_after_it()
    {
        var builder = TestBuilder.Create(out var console);
        var queue = builder.AddNode("queue", Drains);
        builder.AddNode("worker", Drains).WaitFor(queue);
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await console.LineAsync("queue  | awake", Cancellation);
        await console.LineAsync("worker | awake", Cancellation);

        await app.StopAsync(Cancellation);

        Assert.Equal(
            [
                "worker | draining",
                "worker | drained",
                "worker | stopped with exit code 0.",
                "queue  | draining",
                "queue  | drained",
                "queue  | stopped with exit code 0.",
            ],
            console.Lines.SkipWhile(line => !line.Contains("draining", StringComparison.Ordinal))
        );
        Assert.Equal(KnownResourceStates.Exited, app.StateOf("worker"));
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task A_process_that_does_not_end_in_time_is_killed()
    {
        var builder = TestBuilder.Create(out var console, "--StandIn:StopTimeout=00:00:00.5");
        builder.AddNode("stubborn", DoesNotEnd);
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        await console.LineAsync("awake", Cancellation);

        await app.StopAsync(Cancellation);

        Assert.Contains("stubborn | not yet", console.Lines);
        Assert.Contains("stubborn | did not stop within 0.5 s and was killed.", console.Lines);
    }

    [Fact(Timeout = TestBuilder.DeadlineMilliseconds)]
    public async Task What_a_process_started_itself_ends_with_it()
    {
        var builder = TestBuilder.Create(out var console);
        builder.AddNode("parent", Family.Script);
        await using var app = builder.Build();
        await app.StartAsync(Cancellation);
        var grandchild = await Family.GrandchildAsync(console, Cancellation);

        await app.StopAsync(Cancellation);

        await Family.GoneAsync(grandchild, Cancellation);
    }
}
