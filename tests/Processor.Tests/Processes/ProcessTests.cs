using System.Globalization;
using System.Text.RegularExpressions;
using Processor.Testing.Building;
using Processor.Tests.Emulated;
using Testing;

namespace Processor.Tests.Processes;

/// <summary>The built program on the emulators: what only a real process can show.</summary>
public sealed partial class ProcessTests(EmulatedAws aws)
{
    private const int Events = 600;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_killed_in_the_middle_and_started_again_records_every_event_once()
    {
        using var pipeline = await aws.NewPipelineAsync(CancellationToken);
        var bodies = Samples.Calls(Events, new Random(11));
        await pipeline.SendEventsAsync(bodies, CancellationToken);

        await KilledAfterAsync(pipeline, recorded: Events / 4);
        await KilledAfterAsync(pipeline, recorded: Events / 2);
        await using var last = ProcessorProcess.Start(Environment(pipeline));
        await Eventually.SeesAsync(pipeline.MessagesLeftAsync, left => left == 0, Patience, CancellationToken);

        var items = await pipeline.EventItemsAsync(CancellationToken);
        Assert.Equal(bodies.Distinct().Count(), items.Count);
        Assert.Equal(
            bodies.Select(EnvelopeIdOf).Order(StringComparer.Ordinal),
            items.Select(item => item["envelopeId"].S).Order(StringComparer.Ordinal)
        );
        Assert.Empty(await pipeline.DeadLettersAsync(CancellationToken));
    }

    [Fact]
    public async Task A_process_that_is_asked_to_end_says_that_it_abandoned_nothing_and_hides_nothing()
    {
        using var pipeline = await aws.NewPipelineAsync(CancellationToken);
        await pipeline.SendEventsAsync(Samples.Calls(Events, new Random(12)), CancellationToken);
        await using var process = ProcessorProcess.Start(Environment(pipeline));
        await RecordedAsync(pipeline, atLeast: 50);

        Assert.Equal(0, await process.TerminateAsync(CancellationToken));

        var drained = Assert.Single(process.Lines, line => line.Contains("Drained:", StringComparison.Ordinal));
        var (received, done, released, abandoned) = Counts(drained);
        Assert.Equal((received, 0), (done + released, abandoned));
        Assert.True(received >= 50, drained);
        Assert.Equal(Events - done, await pipeline.MessagesLeftAsync(CancellationToken));
        Assert.Equal(0, await pipeline.MessagesHiddenAsync(CancellationToken));
    }

    [Fact]
    public async Task A_process_that_is_set_up_wrongly_names_all_faults_at_once_and_does_not_start()
    {
        await using var process = ProcessorProcess.Start(
            new Dictionary<string, string>
            {
                ["AWS_REGION"] = "us-east-1",
                ["Enrichment__Enabled"] = "false",
                ["Receiving__Slots"] = "0",
                ["Settlement__CallsMax"] = "1000",
                ["Pipeline__EventsTable"] = "x",
            }
        );

        Assert.Equal(1, await process.ExitAsync(CancellationToken));

        Assert.Equal(3, process.Lines.Count(line => line.StartsWith("configuration: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Durations_that_contradict_each_other_are_named_all_at_once()
    {
        await using var process = ProcessorProcess.Start(
            new Dictionary<string, string>
            {
                ["AWS_REGION"] = "us-east-1",
                ["Enrichment__Enabled"] = "false",
                ["Effects__HandlerTimeout"] = "00:01:30",
                ["Processing__Grace"] = "00:00:05",
                ["Settlement__DeadLetterRetention"] = "1.00:00:00",
            }
        );

        Assert.Equal(1, await process.ExitAsync(CancellationToken));

        Assert.Contains(
            process.Lines,
            line => line.Contains("must be shorter than Effects:Lease", StringComparison.Ordinal)
        );
        Assert.Contains(
            process.Lines,
            line => line.Contains("must be shorter than Processing:Grace", StringComparison.Ordinal)
        );
        Assert.Contains(
            process.Lines,
            line => line.Contains("must be shorter than Settlement:DeadLetterRetention", StringComparison.Ordinal)
        );
    }

    private static async Task KilledAfterAsync(EmulatedPipeline pipeline, int recorded)
    {
        await using var process = ProcessorProcess.Start(Environment(pipeline));
        await RecordedAsync(pipeline, recorded);
        await process.KillAsync(CancellationToken);
    }

    private static Task<int> RecordedAsync(EmulatedPipeline pipeline, int atLeast) =>
        Eventually.SeesAsync(
            async token => (await pipeline.EventItemsAsync(token)).Count,
            count => count >= atLeast,
            Patience,
            CancellationToken
        );

    /// <summary>Visibility as short as the options allow: what a killed process held is what the next one waits for.</summary>
    private static Dictionary<string, string> Environment(EmulatedPipeline pipeline) =>
        new(pipeline.Environment)
        {
            ["Enrichment__Enabled"] = "false",
            ["Receiving__VisibilityTimeout"] = "00:00:10",
            ["Receiving__WaitTime"] = "00:00:02",
            ["Receiving__Slots"] = "40",
            ["Effects__HandlerTimeout"] = "00:00:02",
            ["Effects__Lease"] = "00:00:04",
        };

    private static string EnvelopeIdOf(string body)
    {
        const string Before = "\"id\":\"";
        var start = body.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return body[start..body.IndexOf('"', start)];
    }

    private static (int Received, int Done, int Released, int Abandoned) Counts(string line)
    {
        var groups = DrainedLine().Match(line).Groups;
        return (Number(1), Number(2), Number(3), Number(4));

        int Number(int group) => int.Parse(groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"received (\d+) = done (\d+) \+ released (\d+); abandoned (\d+)")]
    private static partial Regex DrainedLine();
}
