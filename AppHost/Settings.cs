using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AppHost;

/// <summary>What can be said on the command line. A name that nobody reads is a mistake of the writer, and is told so.</summary>
internal static class Settings
{
    public const string Usage = """
        Runs the whole system on this machine: emulators of SQS and DynamoDB, a simulated Genesys Cloud, the Ingestor, three Processors,
        the operator's pages and the Aspire dashboard. Ctrl-C ends it.

        usage: dotnet run --project AppHost -- [--SETTING=VALUE ...]

          --Aws:Mode=embedded        emulators, started and ended with the rest (the default)
          --Aws:Mode=endpoint        anything that speaks AWS, at --Aws:Endpoint=URL
          --Aws:Mode=localstack      a LocalStack that listens at http://localhost:4566, or at --Aws:Endpoint=URL
          --Aws:Mode=cloud           a real account: credentials and region are the AWS SDK's own (--Aws:Region=REGION)
          --Aws:Template=FILE        another definition of queues and tables than AppHost/pipeline.template.json

          --Proof:Events=N           emit N distinct events, prove that each was recorded once, end with exit code 0 or 1
          --Proof:Seed=N             of the events (7)
          --Proof:RatePerSecond=N    slower than as fast as possible
          --Proof:Duplicates=SHARE   delivered more than once (0.05)
          --Proof:Reorder=SHARE      out of turn (0.2)
          --Proof:Poison=SHARE       looking like events and being none (0.005)
          --Proof:Enrichment=false   without the summaries of conversations
          --Proof:Disturbed=true     while the Ingestor or SQS are killed or cut off: poison may come as two messages
          --Proof:WriteBack=true     with the Processors' write-back on, and each of its effects had once
          --Proof:Timeout=TIME       after which the proof has failed (00:03:00)

          --Traffic:RatePerSecond=N  of the gentle traffic without a proof (5)
          --Processor:Replicas=N     (3)
          --Ports:Genesys=PORT       instead of a free one; likewise --Ports:Ingestor=PORT and --Ports:Operations=PORT
        """;

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Aws"] = ["Mode", "Endpoint", "Region", "Template"],
        ["Proof"] =
        [
            "Events",
            "Seed",
            "RatePerSecond",
            "Duplicates",
            "Reorder",
            "Poison",
            "Enrichment",
            "Disturbed",
            "WriteBack",
            "Timeout",
        ],
        ["Traffic"] = ["RatePerSecond"],
        ["Processor"] = ["Replicas"],
        ["Ports"] = ["Genesys", "Ingestor", "Operations"],
    };

    /// <summary>What is not this AppHost's own: parameters, and what the hosting API reads.</summary>
    private static readonly string[] Others =
    [
        "Parameters",
        "StandIn",
        "AppHost",
        "Pipeline",
        "Publishing",
        "Logging",
        "environment",
        "operation",
        "publisher",
        "output-path",
        "step",
        "log-level",
    ];

    // Variables that may be arguments too.
    private static readonly string[] OthersPrefixes = ["OTEL_", "ASPIRE_", "ASPNETCORE_", "DOTNET_"];

    /// <exception cref="DistributedApplicationException">A setting has a name or a value that cannot be.</exception>
    public static void Check(IConfiguration configuration, string[] args)
    {
        // Of the arguments only: the environment is full of names that are nothing to us.
        foreach (var argument in new ConfigurationBuilder().AddCommandLine(args).Build().GetChildren())
        {
            if (!IsKnown(argument))
            {
                throw new DistributedApplicationException(
                    $"There is no setting {argument.Key}; there are {string.Join(", ", Known.Keys)}, each with settings under it. --help tells more."
                );
            }
        }

        foreach (var (section, names) in Known)
        {
            foreach (var setting in configuration.GetSection(section).GetChildren())
            {
                if (!names.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
                {
                    throw new DistributedApplicationException(
                        $"There is no setting {section}:{setting.Key}; under {section} there are {string.Join(", ", names)}. --help tells more."
                    );
                }
            }
        }

        Number(configuration, "Proof:Events", 1, 1_000_000);
        Check<int>(configuration, "Proof:Seed", "a whole number", _ => true);
        Check<double>(
            configuration,
            "Proof:RatePerSecond",
            "a number from 1 to 100000",
            rate => rate is >= 1 and <= 100_000
        );
        foreach (var share in new[] { "Proof:Duplicates", "Proof:Reorder", "Proof:Poison" })
        {
            Check<double>(configuration, share, "a number from 0 to 1", part => part is >= 0 and <= 1);
        }

        Check<bool>(configuration, "Proof:Enrichment", "true or false", _ => true);
        Check<bool>(configuration, "Proof:Disturbed", "true or false", _ => true);
        Check<bool>(configuration, "Proof:WriteBack", "true or false", _ => true);
        Check<TimeSpan>(
            configuration,
            "Proof:Timeout",
            "a time from 00:00:01 to 1.00:00:00",
            time => time >= TimeSpan.FromSeconds(1) && time <= TimeSpan.FromDays(1)
        );
        Number(configuration, "Processor:Replicas", 1, 32);
        Number(configuration, "Ports:Genesys", 1, 65_535);
        Number(configuration, "Ports:Ingestor", 1, 65_535);
        Number(configuration, "Ports:Operations", 1, 65_535);
        Number(configuration, "Traffic:RatePerSecond", 0, 10_000);
    }

    public static int? Number(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static bool IsKnown(IConfigurationSection argument) =>
        (Known.ContainsKey(argument.Key) && argument.Value is null)
        || Others.Contains(argument.Key, StringComparer.OrdinalIgnoreCase)
        || OthersPrefixes.Any(prefix => argument.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static void Number(IConfiguration configuration, string name, int min, int max) =>
        Check<int>(
            configuration,
            name,
            $"a whole number from {min} to {max}",
            number => number >= min && number <= max
        );

    private static void Check<T>(IConfiguration configuration, string name, string what, Func<T, bool> isRight)
        where T : IParsable<T>
    {
        if (
            configuration[name] is { } text
            && !(T.TryParse(text, CultureInfo.InvariantCulture, out var value) && isRight(value))
        )
        {
            throw new DistributedApplicationException($"{name} is '{text}'; it must be {what}.");
        }
    }
}
