using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Provisioner.Queues;
using Provisioner.Tables;

namespace Provisioner.Making;

internal static class MakingFeature
{
    public static void AddMaking(this IHostApplicationBuilder builder, string[] arguments)
    {
        // The template may be named without a key: provisioner my.template.json
        if (arguments is [var template, ..] && !template.StartsWith('-'))
        {
            builder.Configuration[$"{ProvisionerOptions.Section}:{nameof(ProvisionerOptions.Template)}"] = template;
        }

        // It starts, works and ends: that it started is no news.
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);

        builder.Services.AddOptions<ProvisionerOptions>().BindConfiguration(ProvisionerOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<ProvisionerOptions>, ProvisionerOptionsValidator>();
        builder.Services.AddSingleton<TableFeatures>();
        builder.Services.AddSingleton<IResourceKind, QueueKind>();
        builder.Services.AddSingleton<IResourceKind, TableKind>();
        builder.Services.AddSingleton<EndpointWait>();
        builder.Services.AddSingleton<PipelineMaker>();
    }

    /// <summary>Runs to completion, with telemetry around it.</summary>
    public static async Task<int> RunToCompletionAsync(this IHost host)
    {
        await host.StartAsync();
        try
        {
            var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            return (int)await host.Services.GetRequiredService<PipelineMaker>().RunAsync(stopping);
        }
        catch (OptionsValidationException exception)
        {
            return Explain(ExitCode.BrokenTemplate, exception.Failures);
        }
        catch (InvalidOperationException exception) when (exception.InnerException is FormatException)
        {
            return Explain(ExitCode.BrokenTemplate, [exception.Message]);
        }
        catch (AmazonClientException exception)
        {
            // The SDK says so before anything is sent.
            return Explain(
                ExitCode.NotProvisioned,
                [
                    $"{exception.Message.TrimEnd('.')}. Needed are AWS_REGION, credentials, and AWS_ENDPOINT_URL or one for SQS and DynamoDB each.",
                ]
            );
        }
        catch (OperationCanceledException)
        {
            return Explain(ExitCode.NotProvisioned, ["it was stopped before it was done"]);
        }
        finally
        {
            await host.StopAsync();
        }
    }

    private static int Explain(ExitCode code, IEnumerable<string> reasons)
    {
        foreach (var reason in reasons)
        {
            Console.Error.WriteLine($"provisioner: {reason}");
        }

        return (int)code;
    }
}
