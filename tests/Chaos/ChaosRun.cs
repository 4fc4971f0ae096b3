using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Testing;

namespace Chaos;

/// <summary>The embedded system under traffic, blow after blow, and the proof behind it.</summary>
internal sealed class ChaosRun(AppHostRun system, TcpProxy sqs, TcpProxy dynamoDb, TextWriter output)
{
    private const int EventsPerSecond = 40;
    private const string Processor = "processor";
    private const string Ingestor = "ingestor";

    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ProofMax = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private readonly List<Task> _ending = [];

    /// <returns>The exit code: 0 when nothing was lost and nothing doubled.</returns>
    public static async Task<int> RunAsync(
        TimeSpan duration,
        int seed,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        await using var emulators = await Emulators.StartAsync(cancellationToken);
        await using var sqs = new TcpProxy(emulators.SqsUrl);
        await using var dynamoDb = new TcpProxy(emulators.DynamoDbUrl);
        await using var system = Start(sqs, dynamoDb, duration, seed);

        await system.LineAsync(
            line => line.Contains("Emitting", StringComparison.Ordinal),
            StartMax,
            cancellationToken
        );
        var run = new ChaosRun(system, sqs, dynamoDb, output);
        await run.StrikeAsync(Blow.Plan(seed, duration), cancellationToken);
        return await run.ProveAsync(cancellationToken);
    }

    /// <summary>The services' own variables win over the one endpoint that the mode is given.</summary>
    private static AppHostRun Start(TcpProxy sqs, TcpProxy dynamoDb, TimeSpan duration, int seed)
    {
        var events = (int)(duration.TotalSeconds * EventsPerSecond);
        return AppHostRun.Start(
            [
                "--Aws:Mode=endpoint",
                $"--Aws:Endpoint={sqs.Url}",
                string.Create(CultureInfo.InvariantCulture, $"--Proof:Events={events}"),
                string.Create(CultureInfo.InvariantCulture, $"--Proof:RatePerSecond={EventsPerSecond}"),
                string.Create(CultureInfo.InvariantCulture, $"--Proof:Seed={seed}"),
                string.Create(CultureInfo.InvariantCulture, $"--Proof:Timeout={duration + ProofMax:c}"),
            ],
            start =>
            {
                start.Environment["AWS_ENDPOINT_URL_SQS"] = sqs.Url.ToString();
                start.Environment["AWS_ENDPOINT_URL_DYNAMODB"] = dynamoDb.Url.ToString();
            }
        );
    }

    private async Task StrikeAsync(IEnumerable<Blow> plan, CancellationToken cancellationToken)
    {
        foreach (var blow in plan)
        {
            await Task.Delay(blow.After, TimeProvider.System, cancellationToken);
            Strike(blow);
        }

        await Task.WhenAll(_ending);
        Say("all is let alone");
    }

    private void Strike(Blow blow)
    {
        switch (blow.Kind)
        {
            case BlowKind.KillProcessor:
                Signal("KILL", Processor, blow);
                break;
            case BlowKind.KillIngestor:
                Signal("KILL", Ingestor, blow);
                break;
            case BlowKind.RestartProcessor:
                Signal("TERM", Processor, blow);
                break;
            case BlowKind.StopProcessor:
                Stop(Processor, blow);
                break;
            case BlowKind.StopIngestor:
                Stop(Ingestor, blow);
                break;
            case BlowKind.CutSqs:
                For(blow, "cut off SQS", sqs.Cut, sqs.Mend);
                break;
            case BlowKind.CutDynamoDb:
                For(blow, "cut off DynamoDB", dynamoDb.Cut, dynamoDb.Mend);
                break;
            case BlowKind.ThrottleSqs:
                For(blow, "slow SQS down", () => sqs.Pause = Slow, () => sqs.Pause = TimeSpan.Zero);
                break;
            case BlowKind.ThrottleDynamoDb:
                For(blow, "slow DynamoDB down", () => dynamoDb.Pause = Slow, () => dynamoDb.Pause = TimeSpan.Zero);
                break;
        }
    }

    private int? Signal(string signal, string service, Blow blow)
    {
        var processes = system.ProcessesOf(service);
        var process = processes[blow.Choice % processes.Count];
        var isDone = Send(signal, process);
        Say($"SIG{signal} to {service} {process}{(isDone ? "" : ": it is not there")}");
        return isDone ? process : null;
    }

    private void Stop(string service, Blow blow)
    {
        if (Signal("STOP", service, blow) is { } process)
        {
            _ending.Add(LaterAsync(blow.Lasts, () => Send("CONT", process)));
        }
    }

    private void For(Blow blow, string what, Action begin, Action end)
    {
        Say(string.Create(CultureInfo.InvariantCulture, $"{what} for {blow.Lasts.TotalSeconds:F1} s"));
        begin();
        _ending.Add(LaterAsync(blow.Lasts, end));
    }

    private static async Task LaterAsync(TimeSpan pause, Action end)
    {
        await Task.Delay(pause, TimeProvider.System, CancellationToken.None);
        end();
    }

    private static bool Send(string signal, int process)
    {
        using var kill = Process.Start(
            new ProcessStartInfo("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardError = true,
            }
        )!;
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }

    private async Task<int> ProveAsync(CancellationToken cancellationToken)
    {
        var exitCode = await system.ExitCodeAsync(ProofMax + StartMax, cancellationToken);
        var (lost, doubled) = (Row("lost"), Row("doubled"));
        if (exitCode != 0)
        {
            await output.WriteLineAsync(system.Output);
        }

        await output.WriteLineAsync($"recorded {Row("recorded")}, dead-lettered {Row("dead-lettered")}");
        await output.WriteLineAsync($"lost {lost}, doubled {doubled}");
        return exitCode == 0 && (lost, doubled) == ("0", "0") ? 0 : 1;
    }

    /// <summary>A number of the proof's table, or a word of its absence.</summary>
    private string Row(string name)
    {
        var rows = Regex.Matches(system.Output, $@"\b{Regex.Escape(name)}\s+(?<value>[\d,]+)");
        return rows.Count == 0 ? "unknown" : rows[^1].Groups["value"].Value;
    }

    private void Say(string what) =>
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{_elapsed.Elapsed.TotalSeconds, 7:F1} s  {what}")
        );
}
