using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>Runs a service, and says in plain lines why it cannot.</summary>
public static class ServiceHost
{
    /// <returns>The exit code: 0 when it was asked to end, 1 when its configuration is wrong.</returns>
    public static async Task<int> RunServiceAsync(this WebApplication app)
    {
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            return Explain(exception.Failures);
        }
        catch (AggregateException exception)
            when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return Explain(
                exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures)
            );
        }
    }

    private static int Explain(IEnumerable<string> failures)
    {
        foreach (var failure in failures)
        {
            Console.Error.WriteLine($"configuration: {failure}");
        }

        return 1;
    }
}
