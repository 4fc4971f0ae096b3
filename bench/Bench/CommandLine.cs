using System.Globalization;

namespace Bench;

/// <summary>What is to be measured.</summary>
internal sealed record CommandLine(string Command, int? Messages)
{
    public const string Usage = """
        usage: dotnet run -c Release --project bench/Bench -- COMMAND [--messages N]

          drain    one Processor on endpoints in memory; 1, 2 and 4 on the emulators (20,000 messages)
          peers    Processor, plain .NET, sqs-consumer, Powertools batch and the floor on the same queue (10,000 messages)
          counts   requests and write units of a seeded run against bench/budget.json (5,000 messages)
          burst    ten times the mean for 30 s: backlog, drain, publish to record
          enrich   5,700 events of 400 conversations of the mock under 600 calls a minute: time to all enriched, calls, refused
          ingest   1, 10 and 100 senders at the Ingestor (20,000 events)
          micro    BenchmarkDotNet: time and allocations of the steps of an event
          all      all but micro
        """;

    private static readonly string[] Commands =
    [
        "drain",
        "peers",
        "counts",
        "burst",
        "enrich",
        "ingest",
        "micro",
        "all",
    ];

    /// <returns>Null if the usage is to be shown.</returns>
    public static CommandLine? Of(string[] args) =>
        args switch
        {
            [var command] when Commands.Contains(command) => new CommandLine(command, null),
            [var command, "--messages", var text]
                when Commands.Contains(command)
                    && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var messages)
                    && messages is >= 100 and <= 1_000_000 => new CommandLine(command, messages),
            _ => null,
        };

    public bool Has(string command) => Command == command || (Command == "all" && command != "micro");
}
