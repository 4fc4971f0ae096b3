using System.Text;
using Ingestor.Filtering;

namespace Ingestor;

/// <summary>What the program does instead of serving, when it is asked to.</summary>
internal static class CommandLine
{
    private const string Help = """
        Ingestor: receives events as EventBridge delivers or publishes them, and answers when SQS has them.

        usage:
          Ingestor                 serve POST /events and POST / (PutEvents, TestEventPattern)
          Ingestor test-pattern    read lines {"pattern":…,"event":…} from standard input and write for each
                                   true, false or invalid: reason
          Ingestor --help          this text

        Settings come from the environment, as Section__Name, or the command line, as --Section:Name=value:
          ASPNETCORE_URLS                  where to listen, as in http://+:8080
          Pipeline__EventsQueue            name or URL of the queue (genesys-events)
          AWS_REGION, AWS_ENDPOINT_URL_SQS, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
                                           as for every AWS SDK
          Ingestor__ApiKeys__0             a key that API destinations show in x-api-key
          Ingestor__AccessKeyId, Ingestor__SecretAccessKey
                                           the access key with which AWS SDKs sign PutEvents
          Ingestor__AllowAnonymous=true    for local use: nobody has to show anything
          Ingestor__Rules__0__Name, Ingestor__Rules__0__Pattern
                                           forward only what a rule's event pattern matches
        docs/ingestor.md has the rest.
        """;

    /// <summary>True when there is nothing left to do.</summary>
    public static async Task<bool> HandledAsync(string[] args)
    {
        switch (args)
        {
            case [PatternTrial.Command, ..]:
                await TryPatternsAsync();
                return true;
            case ["--help" or "-h" or "help", ..]:
                await Console.Out.WriteLineAsync(Help);
                return true;
            default:
                return false;
        }
    }

    private static async Task TryPatternsAsync()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var input = new StreamReader(Console.OpenStandardInput(), utf8);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { NewLine = "\n" };
        await PatternTrial.RunAsync(input, output, CancellationToken.None);
    }
}
