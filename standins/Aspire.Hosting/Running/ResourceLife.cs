using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Running;

/// <summary>A resource's replicas taken together, from start to stop: what other resources wait for.</summary>
internal sealed class ResourceLife : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lazy<Task> _beforeStart;
    private readonly Lazy<Task> _ready;
    private Task _running = Task.CompletedTask;

    public ResourceLife(
        IResource resource,
        bool startAgain,
        ResourceNotificationService notifications,
        IDistributedApplicationEventing eventing,
        IServiceProvider services
    )
    {
        Resource = resource;
        Replicas = [.. Replica.Of(resource, startAgain)];
        _beforeStart = new Lazy<Task>(() =>
            eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), _stopping.Token)
        );
        _ready = new Lazy<Task>(async () =>
        {
            await Task.WhenAll(Replicas.Select(replica => replica.Healthy));
            await eventing.PublishAsync(new ResourceReadyEvent(resource, services), _stopping.Token);
            foreach (var replica in Replicas)
            {
                notifications.Publish(resource, replica.Id, snapshot => snapshot with { IsReady = true });
            }
        });
    }

    public IResource Resource { get; }

    public IReadOnlyList<Replica> Replicas { get; }

    public void Start(ReplicaRunner runner, IReadOnlyDictionary<IResource, ResourceLife> lives) =>
        _running = Task.WhenAll(
            Replicas.Select(replica => runner.RunAsync(replica, () => BeforeStartAsync(lives), _stopping.Token))
        );

    public async Task StopAfterAsync(Task others)
    {
        await others;
        await _stopping.CancelAsync();
        await _running;
    }

    /// <summary>Every replica has been healthy, and whoever wanted to know of it is done.</summary>
    public Task ReadyAsync() => _ready.Value;

    public void Dispose() => _stopping.Dispose();

    /// <summary>Waits for what the resource waits for; then tells, once, whoever wants to know that it starts.</summary>
    private async Task BeforeStartAsync(IReadOnlyDictionary<IResource, ResourceLife> lives)
    {
        var waits = Resource.Annotations.OfType<WaitAnnotation>().Where(wait => lives.ContainsKey(wait.Resource));
        await Task.WhenAll(waits.Select(wait => lives[wait.Resource].AllowAsync(Resource, wait)))
            .WaitAsync(_stopping.Token);
        await _beforeStart.Value;
    }

    private async Task AllowAsync(IResource waiting, WaitAnnotation wait)
    {
        switch (wait.WaitType)
        {
            case WaitType.WaitUntilStarted:
                await Task.WhenAll(Replicas.Select(replica => replica.Started));
                break;
            case WaitType.WaitUntilHealthy:
                await ReadyAsync();
                break;
            case WaitType.WaitForCompletion:
                await Task.WhenAll(Replicas.Select(replica => CompletionAsync(replica, waiting, wait.ExitCode)));
                break;
            default:
                throw new UnreachableException($"{wait.WaitType}");
        }
    }

    private static async Task CompletionAsync(Replica replica, IResource waiting, int expected)
    {
        var exitCode = await replica.Ended;
        if (exitCode != expected)
        {
            throw new DistributedApplicationException(
                $"Resource '{waiting.Name}' cannot start: '{replica.Id}', which it waits for, "
                    + $"ended with exit code {exitCode}, not {expected}. {replica.LastWords()}"
            );
        }
    }
}
