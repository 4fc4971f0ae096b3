using System.Runtime.InteropServices;
using Bench;
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

if (CommandLine.Of(args) is not { } commandLine)
{
    var isAsked = args.Contains("--help") || args.Contains("-h");
    if (!isAsked && CommandLine.Fault(args) is { } fault)
    {
        Console.Error.WriteLine($"bench: {fault}");
    }

    Console.WriteLine(CommandLine.Usage);
    return isAsked ? 0 : 2;
}

using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndAll);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndAll);
try
{
    var report = new Report(Console.Out, Console.Error);
    if (commandLine.Has("drain"))
    {
        await DrainBench.RunAsync(Workload.Of(commandLine.Messages ?? 20_000, seed: 1), report);
    }

    if (commandLine.Has("peers"))
    {
        await PeersBench.RunAsync(Workload.Of(commandLine.Messages ?? 10_000, seed: 1), report);
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
        await EnrichBench.RunAsync(commandLine.Messages ?? 5_700, report);
    }

    if (commandLine.Has("ingest"))
    {
        await IngestBench.RunAsync(commandLine.Messages ?? 20_000, report);
    }

    if (commandLine.Has("micro"))
    {
        // Built when it is asked for: nothing else here needs it.
        string[] arguments = ["run", "-c", "Release", "--project", Repository.PathOf("bench", "Micro")];
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

static void EndAll(PosixSignalContext signal)
{
    MeasuredProgram.KillAll();
    Environment.Exit(128 + (signal.Signal == PosixSignal.SIGTERM ? 15 : 2));
}
