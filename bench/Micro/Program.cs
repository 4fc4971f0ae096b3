using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Micro;

// usage: dotnet run -c Release --project bench/Micro [-- --filter '*Decoding*']
// In this process: a project that BenchmarkDotNet writes itself would have to follow the rules of this repository.
var config = ManualConfig
    .CreateEmpty()
    .AddJob(
        Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance)
            .WithWarmupCount(5)
            .WithIterationCount(10)
            .WithMinIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(200))
    )
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogger(ConsoleLogger.Default);

BenchmarkSwitcher
    .FromTypes([
        typeof(Decoding),
        typeof(Keying),
        typeof(Matching),
        typeof(SqsClient),
        typeof(TableClient),
        typeof(Batch),
    ])
    .Run(args is [] ? ["--filter", "*"] : args, config);
