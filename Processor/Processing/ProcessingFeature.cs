using System.Globalization;
using Microsoft.Extensions.Options;
using Processor.Lambda;
using Processor.Receiving;

namespace Processor.Processing;

internal static class ProcessingFeature
{
    public static void AddProcessing(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ProcessingOptions>().BindConfiguration(ProcessingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProcessingOptions>, ProcessingOptionsValidator>();
        services.AddSingleton<IValidateOptions<ProcessingOptions>, TimeOrderValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ProcessingOptions>>().Value);
        // Read as text: the host asks for this while it is built, before a wrong value can be explained.
        if (
            TimeSpan.TryParse(
                builder.Configuration[$"{ProcessingOptions.Section}:{nameof(ProcessingOptions.ShutdownTimeout)}"],
                CultureInfo.InvariantCulture,
                out var shutdownTimeout
            )
        )
        {
            services.Configure<HostOptions>(host => host.ShutdownTimeout = shutdownTimeout);
        }
        else
        {
            services.Configure<HostOptions>(host => host.ShutdownTimeout = new ProcessingOptions().ShutdownTimeout);
        }

        services.AddSingleton<ProcessingMetrics>();
        services.AddSingleton<Ledger>();
        services.AddSingleton<EventPipeline>();

        if (!string.IsNullOrEmpty(builder.Configuration[LambdaFeature.RuntimeApi]))
        {
            builder.AddLambda();
        }
        else if (builder.Configuration.GetValue($"{ReceivingOptions.Section}:{nameof(ReceivingOptions.Enabled)}", true))
        {
            services.AddSingleton<EventLoop>();
            services.AddHostedService<EventLoopHost>();
        }
    }

    /// <summary>Lets the host start and stop the loop.</summary>
    private sealed class EventLoopHost(EventLoop loop) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(stoppingToken);
    }
}
