using System.Globalization;

namespace Deploy.Commands;

/// <summary>Reads the command line.</summary>
internal static class CommandLine
{
    public const string Usage = """
        dotnet run --project Deploy -- synth --output DIR [choices]   writes the CloudFormation templates; needs no account
        dotnet run --project Deploy -- diff --output DIR [choices]    says what would be written otherwise now; exit code 1 if anything
        dotnet run --project Deploy -- cost [--events N]...           what a month of so many events costs

        choices
          --bridge native|ingestor    the rule sends to SQS itself (native, the default), or to the Ingestor
          --compute fargate|lambda    where the Processor runs (fargate)
          --operations                with Operations and the state machine that redrives dead letters
          --all                       every combination of them
          --again                     those whose templates are in DIR; what diff does without choices
        """;

    private const string Folder = "--output";

    public static Command Read(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || arguments[0] is "help" or "--help" or "-h")
        {
            return new Command.Help(null);
        }

        try
        {
            var options = new Options([.. arguments.Skip(1)]);
            var command = arguments[0] switch
            {
                "synth" => ReadTemplates(options, again: false, (output, shapes) => new Command.Synth(output, shapes)),
                "diff" => ReadTemplates(options, again: true, (output, shapes) => new Command.Diff(output, shapes)),
                "cost" => new Command.Cost(ReadEvents(options)),
                var unknown => new Command.Help($"There is no command {unknown}."),
            };
            options.Done();
            return command;
        }
        catch (FormatException fault)
        {
            return new Command.Help(fault.Message);
        }
    }

    private static Command ReadTemplates(Options options, bool again, Func<string, IReadOnlyList<Shape>, Command> make)
    {
        var output = options.Text(Folder) ?? throw new FormatException($"{Folder} DIR is missing.");
        var bridge = options.Choice<Bridge>("--bridge");
        var compute = options.Choice<Compute>("--compute");
        var operations = options.Flag("--operations");
        var chosen = bridge is not null || compute is not null || operations;
        var all = options.Flag("--all");
        again = options.Flag("--again") || (again && !all && !chosen);

        if ((all && again) || ((all || again) && chosen))
        {
            throw new FormatException("--all, --again and single choices exclude each other.");
        }

        return make(
            output,
            all ? Shape.All
                : again ? [.. Shape.All.Where(shape => File.Exists(Path.Combine(output, shape.FileName)))]
                :
                [
                    Shape.Default with
                    {
                        Bridge = bridge ?? default,
                        Compute = compute ?? default,
                        Operations = operations,
                    },
                ]
        );
    }

    private static long[] ReadEvents(Options options)
    {
        var events = options.Texts("--events").Select(Number).ToArray();
        return events.Length > 0 ? events : [1_000_000, 10_000_000, 100_000_000, 1_000_000_000];
    }

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"--events {text} is no number of events.");

    /// <summary>Takes options one by one; what was not asked for when all are taken is a fault.</summary>
    private sealed class Options(List<string> left)
    {
        public bool Flag(string name) => left.Remove(name);

        public string? Text(string name)
        {
            var at = left.IndexOf(name);
            if (at < 0)
            {
                return null;
            }

            if (at + 1 == left.Count || left[at + 1].StartsWith("--", StringComparison.Ordinal))
            {
                throw new FormatException($"{name} needs a value.");
            }

            var text = left[at + 1];
            left.RemoveRange(at, 2);
            return text;
        }

        public IEnumerable<string> Texts(string name)
        {
            while (Text(name) is { } text)
            {
                yield return text;
            }
        }

        public T? Choice<T>(string name)
            where T : struct, Enum
        {
            var names = Enum.GetNames<T>();
            return Text(name) is not { } text ? null
                : names.Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<T>(text, ignoreCase: true)
                : throw new FormatException(
                    $"{name} {text}: it can be {string.Join(" or ", names).ToLowerInvariant()}."
                );
        }

        public void Done()
        {
            if (left.Count > 0)
            {
                throw new FormatException($"{left[0]} is not understood here.");
            }
        }
    }
}
