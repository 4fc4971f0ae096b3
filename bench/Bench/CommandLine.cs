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
          burst    ten times the mean for 30 s: backlog, drain, publish to the write
          enrich   5,700 events of 400 conversations of the mock under 600 calls a minute: time to all enriched, calls, refused
          ingest   1, 10 and 100 senders at the Ingestor (20,000 events)
          micro    BenchmarkDotNet: time and allocations of the steps of an event
          all      all but micro
        """;

    private const int MessagesMin = 100;
    private const int MessagesMax = 1_000_000;

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
        Fault(args) is null ? new CommandLine(args[0], args.Length > 1 ? MessagesIn(args[2]) : null) : null;

    /// <summary>What is wrong with the arguments; null if nothing is.</summary>
    public static string? Fault(string[] args) =>
        args switch
        {
            [] => "say what is to be measured.",
            [var command, ..] when !Commands.Contains(command) => $"there is no measurement '{command}'.",
            [_] => null,
            [_, "--messages", var text] when MessagesIn(text) is null =>
                $"--messages is '{text}'; it must be {MessagesMin} to {MessagesMax:N0}.",
            [_, "--messages", _] => null,
            [_, "--messages"] => "--messages needs a number.",
            [_, var other, ..] => $"there is no option '{other}'.",
        };

    private static int? MessagesIn(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var messages)
        && messages is >= MessagesMin and <= MessagesMax
            ? messages
            : null;

    public bool Has(string command) => Command == command || (Command == "all" && command != "micro");
}
