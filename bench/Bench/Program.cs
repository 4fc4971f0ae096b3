using System.Diagnostics;
using System.Runtime.InteropServices;
using Bench;
using Bench.Asking;
using Bench.Bursting;
using Bench.Counting;
using Bench.Draining;
using Bench.Enriching;
using Bench.Ingesting;
using Bench.Loads;
using Bench.Peers;
using Bench.Programs;
using Bench.Reporting;
using Testing;

switch (CommandLine.Read(args))
{
    case Asked.Help help:
        Console.WriteLine(help.Text);
        return 0;

    case Asked.Nonsense nonsense:
        Console.Error.WriteLine($"bench: {nonsense.Fault}{Environment.NewLine}{Environment.NewLine}{nonsense.Text}");
        return 2;

    case Asked.Measure measure:
        return await MeasureAsync(measure.CommandLine);

    default:
        throw new UnreachableException();
}

static async Task<int> MeasureAsync(CommandLine commandLine)
{
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndAll);
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndAll);
    try
    {
        var report = new Report(Console.Out, Console.Error);
        if (commandLine.Has("drain"))
        {
            await DrainBench.RunAsync(
                Workload.Of(commandLine.Messages ?? 20_000, seed: 1),
                commandLine.Rounds ?? 1,
                report
            );
        }

        if (commandLine.Has("peers"))
        {
            await PeersBench.RunAsync(
                Workload.Of(commandLine.Messages ?? PeersBench.Published, seed: 1),
                commandLine.Candidates,
                commandLine.Rounds ?? 3,
                report
            );
        }

        if (commandLine.Has("counts"))
        {
            await CountsBench.RunAsync(Workload.Of(commandLine.Messages ?? 5_000, seed: 1), report);
        }

        if (commandLine.Has("burst"))
        {
            await BurstBench.RunAsync(report);
        }

        if (commandLine.Has("enrich"))
        {
            await EnrichBench.RunAsync(commandLine.Messages ?? 2_000, report);
        }

        if (commandLine.Has("ingest"))
        {
            await IngestBench.RunAsync(commandLine.Messages ?? 20_000, report);
        }

        if (commandLine.Has("micro"))
        {
            // Built when it is asked for: nothing else here needs it.
            string[] arguments =
            [
                "run",
                "-c",
                "Release",
                "--project",
                Repository.PathOf("bench", "Micro"),
                "--",
                "--filter",
                commandLine.Filter,
            ];
            await MeasuredProgram.RunAsync("dotnet", arguments, new Dictionary<string, string>(), Console.Out);
        }

        return 0;
    }
    catch (BenchException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }
    finally
    {
        MeasuredProgram.KillAll();
    }
}

static void EndAll(PosixSignalContext signal)
{
    MeasuredProgram.KillAll();
    Environment.Exit(128 + (signal.Signal == PosixSignal.SIGTERM ? 15 : 2));
}
