using Deploy.Commands;
using Deploy.Costing;

namespace Deploy;

internal static class Program
{
    private const int Same = 0;
    private const int Different = 1;
    private const int Misused = 2;

    public static int Main(string[] arguments)
    {
        // The CDK's runtime warns, over half a screen, of Node.js releases that AWS no longer supports. The templates are the same.
        Environment.SetEnvironmentVariable("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "18,20");

        switch (CommandLine.Read(arguments))
        {
            case Command.Synth synth:
                return Write(synth);
            case Command.Diff diff:
                return Compare(diff);
            case Command.Cost cost:
                Console.Write(CostTable.Of(cost.EventsPerMonth));
                return Same;
            case Command.Help { Fault: { } fault }:
                Console.Error.WriteLine($"{fault}\n\n{CommandLine.Usage}");
                return Misused;
            default:
                Console.WriteLine(CommandLine.Usage);
                return Same;
        }
    }

    private static int Write(Command.Synth synth)
    {
        Directory.CreateDirectory(synth.Output);
        foreach (var (name, text) in Templates.Of(synth.Shapes))
        {
            var path = Path.Combine(synth.Output, name);
            File.WriteAllText(path, text);
            Console.WriteLine(path);
        }

        if (SourceDigest.OfThis() is { } digest)
        {
            File.WriteAllText(Path.Combine(synth.Output, SourceDigest.FileName), $"{digest}\n");
        }

        return Same;
    }

    private static int Compare(Command.Diff diff)
    {
        var differ = false;
        foreach (var (name, text) in Templates.Of(diff.Shapes))
        {
            var path = Path.Combine(diff.Output, name);
            var before = File.Exists(path) ? File.ReadAllText(path) : "{}";
            if (before == text)
            {
                continue;
            }

            differ = true;
            Console.WriteLine(path);
            foreach (var line in TemplateDiff.Between(before, text).DefaultIfEmpty("~ the text alone"))
            {
                Console.WriteLine($"  {line}");
            }
        }

        return differ ? Different : Same;
    }
}
