using System.Globalization;
using Simulation.CommandLine;
using Simulation.Histories;
using Simulation.Mutants;
using Xunit.Runner.InProc.SystemConsole;

const string Usage = """
    Runs the whole pipeline in a simulated world, one seed after the other.

      --seeds N     so many seeds, from --from on (0)
      --seed S      one seed, with its last 50 steps; --steps N for more
      --mutants     proves that the simulation catches deliberate bugs; with words behind it, those that are named so
      --help        this

    Any other command line is xUnit's.
    """;

return args switch
{
    ["--help"] or ["-h"] => Help(),
    ["--seeds", var seeds] => SeedsRun.Of(0, Number(seeds), Console.Out),
    ["--seeds", var seeds, "--from", var from] => SeedsRun.Of(Number(from), Number(seeds), Console.Out),
    ["--seed", var seed] => One(Verdict.Traced(Number(seed))),
    ["--seed", var seed, "--steps", var steps] => One(Verdict.Traced(Number(seed), Number(steps))),
    ["--mutants", .. var words] => await MutantsRun.RunAsync(words, Console.Out),
    ["--catch", var seeds] => MutantsRun.Catch(Number(seeds), Console.Out),
    _ => await ConsoleRunner.Run(args),
};

static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

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
