using Amazon.Runtime;
using Ingestor.Sending;
using Microsoft.Extensions.Options;

namespace Ingestor;

internal static class Serving
{
    /// <summary>Wrong settings are the operator's to mend: all of them named, one line each, and no stack trace.</summary>
    public static async Task<int> ServeAsync(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            app.Services.GetRequiredService<IEventQueue>();
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (FaultsOf(exception) is { Count: > 0 } faults)
        {
            foreach (var fault in faults)
            {
                await Console.Error.WriteLineAsync($"Ingestor cannot start: {fault}");
            }

            return 1;
        }
    }

    private static List<string> FaultsOf(Exception exception) =>
        exception switch
        {
            OptionsValidationException invalid => [.. invalid.Failures],
            AmazonClientException aws => [$"{aws.Message} (is AWS_REGION set?)"],
            AggregateException several => [.. several.InnerExceptions.SelectMany(FaultsOf)],
            IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } busy =>
            [
                busy.Message,
            ],
            _ => [],
        };
}
