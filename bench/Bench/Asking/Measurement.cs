using System.Text;

namespace Bench.Asking;

/// <summary>A sub-command, and what is to be known before one waits for it.</summary>
/// <param name="Name">The word of the command line.</param>
/// <param name="Summary">For the list of all.</param>
/// <param name="Text">For its own help.</param>
/// <param name="Options">Those it takes.</param>
internal sealed record Measurement(string Name, string Summary, string Text, params IReadOnlyList<Option> Options)
{
    private const string Program = "dotnet run -c Release --project bench/Bench --";

    public static readonly IReadOnlyList<Measurement> All =
    [
        new(
            "drain",
            "1, 2 and 4 Processors on endpoints in memory, and on the emulators",
            """
            A full queue, and what it takes to empty it: events/s, processor time, allocations, memory, requests and write units by operation.
            20,000 messages, one round; a round takes some two minutes.
            """,
            Option.Messages,
            Option.Rounds
        ),
        new(
            "peers",
            "Processor, plain .NET, sqs-consumer, Powertools batch and the floor on the same queue",
            """
            The same messages for each, in rounds that begin with another candidate each time. 20,000 messages, three rounds; a round takes some
            four minutes. With all of them, and no fewer messages, it also writes bench/peers.svg.

            How much of it is warming up: peers --messages 100000 --rounds 1 --candidates processor,plain,floor (some five minutes)
            """,
            Option.Messages,
            Option.Rounds,
            Option.Candidates
        ),
        new(
            "counts",
            "requests and write units of a seeded run against bench/budget.json",
            "5,000 messages; some 20 s. Exit code 1 if a count is above the budget.",
            Option.Messages
        ),
        new(
            "burst",
            "ten times the mean for 30 s: backlog, drain, due to recorded, the API's budget",
            "16,000 events of 3,200 conversations of the mock, once recorded only and once enriched too; some three minutes."
        ),
        new(
            "enrich",
            "the mock's conversations under 600 calls a minute: time to all enriched, calls, refused",
            "2,000 events of 400 conversations, five steps each, through Ingestor, Processor and API; some 30 s.",
            Option.Messages
        ),
        new(
            "ingest",
            "1, 10 and 100 senders at the Ingestor",
            "20,000 events a run, 2,000 of one sender; some two minutes. The queue answers SendMessageBatch after 10 ms.",
            Option.Messages
        ),
        new(
            "micro",
            "BenchmarkDotNet: time and allocations of the steps of an event",
            "Builds bench/Micro first; then some two minutes.",
            Option.Filter
        ),
        new("all", "all but micro", "Each with its own defaults; some 25 minutes.", Option.Rounds),
    ];

    public static string Usage
    {
        get
        {
            var text = new StringBuilder($"usage: {Program} COMMAND [OPTIONS]").AppendLine().AppendLine();
            foreach (var measurement in All)
            {
                text.AppendLine($"  {measurement.Name, -8} {measurement.Summary}");
            }

            return text.AppendLine().Append("COMMAND --help says what it takes and how long.").ToString();
        }
    }

    public string Help
    {
        get
        {
            var options = string.Concat(Options.Select(option => $" [{option.Name} {option.Value}]"));
            var text = new StringBuilder($"usage: {Program} {Name}{options}").AppendLine().AppendLine();
            text.AppendLine($"{char.ToUpperInvariant(Summary[0])}{Summary[1..]}.").AppendLine().AppendLine(Text);
            foreach (var option in Options)
            {
                text.AppendLine().Append($"  {option.Name + " " + option.Value, -18} {option.Text}: {option.Allowed}");
            }

            return text.ToString().TrimEnd();
        }
    }
}
