using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Guarding;
using Aspire.Hosting.Printing;
using Aspire.Hosting.Starting;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Running;

/// <summary>Starts everything, each resource when what it waits for is there, and stops it the other way round.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    ReplicaRunner runner,
    Ports ports,
    Guard guard,
    ResourceConsole console,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    StandInOptions options,
    IHostApplicationLifetime lifetime,
    IServiceProvider services
) : IHostedService, IDisposable
{
    private readonly Dictionary<IResource, ResourceLife> _lives = [];
    private readonly Lock _lock = new();
    private Task? _stopped;
    private PosixSignalRegistration? _interrupts;
    private int _interrupted;

    /// <summary>Returns when everything is ready. A start that fails is an exception that says what to do, and leaves nothing running.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        _interrupts = PosixSignalRegistration.Create(PosixSignal.SIGINT, KillWhenInterruptedAgain);
        guard.Start();
        try
        {
            foreach (var life in _lives.Values)
            {
                life.Start(runner, _lives);
            }

            // Program.cs may be waiting for something else, such as the end of a job: who asks for the end gets it all the same.
            lifetime.ApplicationStopping.Register(() => _ = StopAsync(CancellationToken.None));
            await EverythingReadyAsync(cancellationToken);
            await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken);
        }
        catch
        {
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _stopped ??= StopEverythingAsync();
        }
    }

    public void Dispose()
    {
        _interrupts?.Dispose();
        _lives.Values.ToList().ForEach(life => life.Dispose());
    }

    /// <summary>All that can be known to be wrong before anything starts, and all that the starts need to know of each other.</summary>
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new DistributedApplicationException(
                "The stand-in for Aspire starts processes as Linux and macOS do. On Windows build with -p:UseAspire=true."
            );
        }

        var order = StartOrder.Of(model.Resources);
        await Parameters.ResolveAsync(model, console, notifications, cancellationToken);
        var jobs = model
            .Resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Where(wait => wait.WaitType is WaitType.WaitForCompletion)
            .Select(wait => wait.Resource)
            .ToHashSet();
        foreach (var resource in order.Where(resource => resource is ProjectResource or ExecutableResource))
        {
            _ = Programs.Find(resource);
            var startAgain = options.RestartCrashedProjects && resource is ProjectResource && !jobs.Contains(resource);
            var life = new ResourceLife(resource, startAgain, notifications, eventing, services);
            ports.Allocate(resource, life.Replicas.Count);
            _lives.Add(resource, life);
        }

        console.Align(_lives.Values.SelectMany(life => life.Replicas).Select(replica => replica.Id));
        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken);
    }

    /// <summary>The first failure ends the start, whatever the others still do.</summary>
    private async Task EverythingReadyAsync(CancellationToken cancellationToken)
    {
        var healthy = _lives.Values.SelectMany(life => life.Replicas).Select(replica => replica.Healthy);
        var ready = _lives.Values.Select(life => life.ReadyAsync());
        await foreach (var step in Task.WhenEach(healthy.Concat(ready)).WithCancellation(cancellationToken))
        {
            await step;
        }
    }

    /// <summary>A resource stops when all that need it have stopped: a worker can still delete from its queue while it drains.</summary>
    private async Task StopEverythingAsync()
    {
        var stops = new Dictionary<IResource, Task>();
        foreach (var life in _lives.Values.Reverse())
        {
            var neededBy = stops
                .Where(other => StartOrder.NeedsOf(other.Key).Contains(life.Resource))
                .Select(other => other.Value);
            stops[life.Resource] = life.StopAfterAsync(Task.WhenAll(neededBy.ToList()));
        }

        await Task.WhenAll(stops.Values);
    }

    /// <summary>The first Ctrl-C lets everything drain; who presses it again does not want to wait.</summary>
    private void KillWhenInterruptedAgain(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _interrupted) > 1)
        {
            guard.KillAll();
        }
    }
}
