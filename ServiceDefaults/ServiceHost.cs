using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>Runs a service, and says in plain lines why it cannot.</summary>
public static class ServiceHost
{
    /// <summary>
    /// Settings are read once, at the start. To notice a change of its files, the host would watch every folder below the working
    /// directory, however many they are: a watch each, and 8 MB for 5,000 of them.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <returns>What to give the builder: the command line, and that nothing is watched.</returns>
    public static string[] ReadOnce(this string[] args) => ["--hostBuilder:reloadConfigOnChange=false", .. args];

    /// <param name="app">The service.</param>
    /// <param name="tellWhoStartedUs">Is given the reasons, where somebody beside the console wants them.</param>
    /// <returns>The exit code: 0 when it was asked to end, 1 when it cannot start as it is configured.</returns>
    public static async Task<int> RunServiceAsync(this WebApplication app, Func<string, Task>? tellWhoStartedUs = null)
    {
        try
        {
            // The host builds its services before it validates: the first to read a wrong option would hide all other
            // faults, and the host would log the exception with its stack trace besides.
            app.Services.GetService<IStartupValidator>()?.Validate();
            await app.RunAsync();
            return 0;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Asked to end while it was still starting.
            return 0;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return await ExplainAsync([exception.Message], tellWhoStartedUs);
        }
        catch (OptionsValidationException exception)
        {
            return await ExplainAsync(exception.Failures, tellWhoStartedUs);
        }
        catch (AggregateException exception)
            when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            return await ExplainAsync(
                exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures),
                tellWhoStartedUs
            );
        }
    }

    private static async Task<int> ExplainAsync(IEnumerable<string> failures, Func<string, Task>? tellWhoStartedUs)
    {
        var text = string.Join(Environment.NewLine, failures.Select(failure => $"configuration: {failure}"));
        await Console.Error.WriteLineAsync(text);
        if (tellWhoStartedUs is not null)
        {
            await tellWhoStartedUs(text);
        }

        return 1;
    }
}
