using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>Runs a service, and says in plain lines why it cannot.</summary>
public static class ServiceHost
{
    /// <returns>The exit code: 0 when it was asked to end, 1 when it cannot start as it is configured.</returns>
    public static async Task<int> RunServiceAsync(this WebApplication app)
    {
        try
        {
            // The host builds its services before it validates, and the first to read a wrong option would hide all other faults.
            app.Services.GetService<IStartupValidator>()?.Validate();
            await app.RunAsync();
            return 0;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return Explain([exception.Message]);
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
