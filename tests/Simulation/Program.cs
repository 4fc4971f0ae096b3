using System.Globalization;
using Simulation.CommandLine;
using Simulation.Histories;
using Simulation.Mutants;
using Xunit.Runner.InProc.SystemConsole;

const string Usage = """
    Runs the whole pipeline in a simulated world, one seed after the other.

      --seeds N     so many seeds, from --from on (0)
      --large N     so many of those whose history is large, from 0 on
      --seed S      one seed, with its last 50 steps; --steps N for more
      --mutants     proves that the simulation catches deliberate bugs; with words behind it, those that are named so
      --help        this

    Any other command line is xUnit's.
    """;

return args switch
{
    ["--help"] or ["-h"] => Help(),
    ["--seeds", var seeds] when IsCount(seeds, out var count) => SeedsRun.Of(0, count, Console.Out),
    ["--seeds", var seeds, "--from", var from] when IsCount(seeds, out var count) && IsSeed(from, out var first) =>
        SeedsRun.Of(first, count, Console.Out),
    ["--large", var seeds] when IsCount(seeds, out var count) => SeedsRun.OfLarge(count, Console.Out),
    ["--seed", var seed] when IsSeed(seed, out var one) => One(Verdict.Traced(one)),
    ["--seed", var seed, "--steps", var steps] when IsSeed(seed, out var one) && IsCount(steps, out var last) => One(
        Verdict.Traced(one, last)
    ),
    ["--mutants", .. var words] => await MutantsRun.RunAsync(words, Console.Out),
    ["--catch", var seeds, "--from", var from] when IsCount(seeds, out var count) && IsSeed(from, out var first) =>
        MutantsRun.Catch(first, count, Console.Out),
    ["--seeds" or "--large" or "--seed" or "--catch", ..] => Refuse(args),
    _ => await ConsoleRunner.Run(args),
};

static bool IsCount(string text, out int number) => IsSeed(text, out number) && number > 0;

static bool IsSeed(string text, out int number) =>
    int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number);

static int Refuse(string[] args)
{
    Console.Error.WriteLine($"'{string.Join(' ', args)}' is not understood; --help says what is.");
    return 2;
}

static int Help()
{
    Console.WriteLine(Usage);
    return 0;
}

static int One(Verdict verdict)
{
    SeedsRun.Print(verdict, Console.Out);
    return verdict.Violation is null ? 0 : 1;
}
