using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>The described application, ready to run.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;

    internal DistributedApplication(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications =>
        Services.GetRequiredService<ResourceNotificationService>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        FriendlyFailure.Install();
        return new DistributedApplicationBuilder(args);
    }

    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Starts everything, runs until Ctrl-C, SIGTERM or StopApplication, and stops everything.</summary>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await StartAsync(cancellationToken);
            await _host.WaitForShutdownAsync(cancellationToken);
        }
        finally
        {
            await DisposeAsync();
        }
    }

    /// <summary>Returns when everything is ready.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var stopping = Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await _host.StartAsync(cancellationToken);
        }
        catch (OperationCanceledException fault) when (stopping.IsCancellationRequested)
        {
            throw new DistributedApplicationException("Stopped before everything had started.", fault);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken = default) =>
        await _host.StopAsync(cancellationToken);

    public void Dispose()
    {
        _host.Dispose();
        GC.SuppressFinalize(this);
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
