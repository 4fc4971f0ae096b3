using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Testing;

namespace Chaos;

/// <summary>The embedded system under traffic, blow after blow, and the proof behind it.</summary>
internal sealed class ChaosRun(AppHostRun system, TcpProxy sqs, TcpProxy dynamoDb, TextWriter output)
{
    private const int EventsPerSecond = 40;
    private const int LooksMax = 600;
    private const string Processor = "processor";
    private const string Ingestor = "ingestor";

    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RestartMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SettleMax = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan CompareMax = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan EndMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private readonly List<Task> _ending = [];

    /// <summary>By then it has ended in one way or the other, with its output printed.</summary>
    public static TimeSpan LongestOf(TimeSpan duration) =>
        StartMax + StrikesMaxOf(duration) + SettleMax + CompareMax + EndMax;

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
        await run.StrikeAsync([.. Blow.Plan(seed, duration)], cancellationToken)
            .WaitAsync(StrikesMaxOf(duration), cancellationToken);
        return await run.ProveAsync(cancellationToken);
    }

    /// <summary>A blow waits until there is somebody to hit, and at the end all must be back.</summary>
    private static TimeSpan StrikesMaxOf(TimeSpan duration) => (2 * duration) + RestartMax;

    /// <summary>The services' own variables win over the one endpoint that the mode is given.</summary>
    private static AppHostRun Start(TcpProxy sqs, TcpProxy dynamoDb, TimeSpan duration, int seed)
    {
        var events = (int)(duration.TotalSeconds * EventsPerSecond);
        return AppHostRun.Start(
            [
                "--Aws:Mode=endpoint",
                $"--Aws:Endpoint={sqs.Url}",
                "--Proof:Disturbed=true",
                "--Proof:WriteBack=true",
                // Nobody is there who would start it again.
                "--StandIn:RestartEndedProjects=true",
                string.Create(CultureInfo.InvariantCulture, $"--Proof:Events={events}"),
                string.Create(CultureInfo.InvariantCulture, $"--Proof:RatePerSecond={EventsPerSecond}"),
                string.Create(CultureInfo.InvariantCulture, $"--Proof:Seed={seed}"),
                string.Create(CultureInfo.InvariantCulture, $"--Proof:Timeout={StrikesMaxOf(duration) + SettleMax:c}"),
            ],
            start =>
            {
                ShortVisibility.Set(start);
                LoseAnswersOfEffects(start);
                start.Environment["AWS_ENDPOINT_URL_SQS"] = sqs.Url.ToString();
                start.Environment["AWS_ENDPOINT_URL_DYNAMODB"] = dynamoDb.Url.ToString();
            }
        );
    }

    /// <summary>A process is in the middle of an effect for milliseconds; few blows would ever leave one in doubt.</summary>
    private static void LoseAnswersOfEffects(ProcessStartInfo start)
    {
        const string rule = "Mock__Faults__Rules__0__";
        start.Environment[$"{rule}Kind"] = "Lost";
        start.Environment[$"{rule}Endpoint"] = "PATCH /api/v2/conversations/*";
        start.Environment[$"{rule}Rate"] = "0.2";
    }

    private async Task StrikeAsync(IReadOnlyList<Blow> plan, CancellationToken cancellationToken)
    {
        foreach (var blow in plan)
        {
            await Task.Delay(blow.After, TimeProvider.System, cancellationToken);
            await StrikeAsync(blow, cancellationToken);
        }

        await Task.WhenAll(_ending);
        var kinds = plan.CountBy(blow => blow.Kind)
            .OrderBy(kind => kind.Key)
            .Select(kind => $"{kind.Key} {kind.Value}");
        Say($"all is let alone after {plan.Count} blows: {string.Join(", ", kinds)}");
    }

    private async Task StrikeAsync(Blow blow, CancellationToken cancellationToken)
    {
        switch (blow.Kind)
        {
            case BlowKind.KillProcessor:
                await SignalAsync("KILL", Processor, blow, cancellationToken);
                break;
            case BlowKind.KillIngestor:
                await SignalAsync("KILL", Ingestor, blow, cancellationToken);
                break;
            case BlowKind.StopProcessor:
                await StopAsync(Processor, blow, cancellationToken);
                break;
            case BlowKind.StopIngestor:
                await StopAsync(Ingestor, blow, cancellationToken);
                break;
            case BlowKind.RestartProcessor:
                await RestartAsync(Processor, blow, cancellationToken);
                break;
            case BlowKind.RestartIngestor:
                await RestartAsync(Ingestor, blow, cancellationToken);
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
            default:
                throw new UnreachableException($"{blow.Kind}");
        }
    }

    private async Task<StartedReplica> SignalAsync(
        string signal,
        string service,
        Blow blow,
        CancellationToken cancellationToken
    )
    {
        for (var look = 0; look < LooksMax; look++)
        {
            var living = system.ReplicasOf(service).Where(replica => Send("0", replica)).ToList();
            if (living.Count > 0 && living[blow.Choice % living.Count] is var victim && Send(signal, victim))
            {
                Say($"SIG{signal} to {victim.Name}, process {victim.Process}");
                return victim;
            }

            // The last blow killed it; in a moment it is started again.
            await Task.Delay(BetweenLooks, TimeProvider.System, cancellationToken);
        }

        throw new TimeoutException($"No {service} came back. The output:{Environment.NewLine}{system.Output}");
    }

    private async Task StopAsync(string service, Blow blow, CancellationToken cancellationToken)
    {
        var victim = await SignalAsync("STOP", service, blow, cancellationToken);
        _ending.Add(LaterAsync(blow.Lasts, () => Send("CONT", victim)));
    }

    private async Task RestartAsync(string service, Blow blow, CancellationToken cancellationToken)
    {
        var victim = await SignalAsync("TERM", service, blow, cancellationToken);
        _ending.Add(BackAsync(system.StartedAgainAsync(victim, RestartMax, cancellationToken)));
    }

    private async Task BackAsync(Task<StartedReplica> again)
    {
        var (name, process) = await again;
        Say($"{name} is back, process {process}");
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

    private static bool Send(string signal, StartedReplica replica)
    {
        using var kill = Process.Start(
            new ProcessStartInfo("kill", [$"-{signal}", replica.Process.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardError = true,
            }
        )!;
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }

    private async Task<int> ProveAsync(CancellationToken cancellationToken)
    {
        var exitCode = await system.ExitCodeAsync(SettleMax + CompareMax, cancellationToken);
        var (lost, doubled) = (Row("lost"), Row("doubled"));
        if (exitCode != 0)
        {
            await output.WriteLineAsync(system.Output);
        }

        await output.WriteLineAsync(
            $"recorded {Row("recorded")}, dead-lettered {Row("dead-lettered")}, letters repeated {Row("letters repeated")}"
        );
        await output.WriteLineAsync(
            $"effects done {Row("effects done")}, missing {Row("effects missing")}, repeated in doubt {Row("effects repeated in doubt")}"
        );
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
