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
          --Proof:Timeout=TIME       after which the proof has failed (00:03:00)

          --Traffic:RatePerSecond=N  of the gentle traffic without a proof (5)
          --Processor:Replicas=N     (3)
          --Ports:Genesys=PORT       instead of a free one; likewise --Ports:Ingestor=PORT and --Ports:Operations=PORT
        """;

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Aws"] = ["Mode", "Endpoint", "Region", "Template"],
        ["Proof"] = ["Events", "Seed", "RatePerSecond", "Duplicates", "Reorder", "Poison", "Timeout"],
        ["Traffic"] = ["RatePerSecond"],
        ["Processor"] = ["Replicas"],
        ["Ports"] = ["Genesys", "Ingestor", "Operations"],
    };

    /// <exception cref="DistributedApplicationException">A setting has a name or a value that cannot be.</exception>
    public static void Check(IConfiguration configuration)
    {
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
        Number(configuration, "Processor:Replicas", 1, 32);
        Number(configuration, "Ports:Genesys", 1, 65_535);
        Number(configuration, "Ports:Ingestor", 1, 65_535);
        Number(configuration, "Ports:Operations", 1, 65_535);
        Number(configuration, "Traffic:RatePerSecond", 0, 10_000);
    }

    public static int? Number(IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static void Number(IConfiguration configuration, string name, int min, int max)
    {
        if (
            configuration[name] is { } text
            && !(
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= min
                && number <= max
            )
        )
        {
            throw new DistributedApplicationException(
                $"{name} is '{text}'; it must be a whole number from {min} to {max}."
            );
        }
    }
}
