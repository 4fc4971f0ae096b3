using System.Globalization;
using Bench.Peers;

namespace Bench.Asking;

/// <summary>What is to be measured.</summary>
internal sealed record CommandLine(Measurement Measurement)
{
    private const int MessagesMin = 100;
    private const int MessagesMax = 1_000_000;
    private const int RoundsMax = 99;

    public int? Messages { get; private init; }

    public int? Rounds { get; private init; }

    public IReadOnlyList<string> Candidates { get; private init; } = PeersBench.Words;

    public string Filter { get; private init; } = "*";

    public bool Has(string name) => Measurement.Name == name || (Measurement.Name == "all" && name != "micro");

    public static Asked Read(IReadOnlyList<string> args)
    {
        var asksForHelp = args.Any(arg => arg is "--help" or "-h");
        if (args.Count == 0 || args[0].StartsWith('-'))
        {
            return asksForHelp
                ? new Asked.Help(Measurement.Usage)
                : new Asked.Nonsense("say what is to be measured.", Measurement.Usage);
        }

        if (Measurement.All.FirstOrDefault(known => known.Name == args[0]) is not { } measurement)
        {
            return new Asked.Nonsense($"there is no measurement '{args[0]}'.", Measurement.Usage);
        }

        return asksForHelp
            ? new Asked.Help(measurement.Help)
            : ReadOptions(new CommandLine(measurement), [.. args.Skip(1)]);
    }

    private static Asked ReadOptions(CommandLine commandLine, string[] args)
    {
        for (var at = 0; at < args.Length; at += 2)
        {
            var name = args[at];
            if (commandLine.Measurement.Options.FirstOrDefault(known => known.Name == name) is not { } option)
            {
                return Nonsense($"{commandLine.Measurement.Name} has no option '{name}'.");
            }

            if (at + 1 == args.Length)
            {
                return Nonsense($"{name} needs a value: {option.Allowed}.");
            }

            if (commandLine.With(option, args[at + 1]) is not { } more)
            {
                return Nonsense($"{name} is '{args[at + 1]}'; it must be {option.Allowed}.");
            }

            commandLine = more;
        }

        return new Asked.Measure(commandLine);

        Asked.Nonsense Nonsense(string fault) => new(fault, commandLine.Measurement.Help);
    }

    /// <returns>Null if the value is none.</returns>
    private CommandLine? With(Option option, string value)
    {
        if (option == Option.Messages)
        {
            return Number(value, MessagesMin, MessagesMax) is { } messages ? this with { Messages = messages } : null;
        }

        if (option == Option.Rounds)
        {
            return Number(value, 1, RoundsMax) is { } rounds ? this with { Rounds = rounds } : null;
        }

        if (option == Option.Candidates)
        {
            var words = value.Split(',');
            return words.All(PeersBench.Words.Contains) ? this with { Candidates = words } : null;
        }

        return this with
        {
            Filter = value,
        };
    }

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : null;
}
