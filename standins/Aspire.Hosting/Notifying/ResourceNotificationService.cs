using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of every replica, and a way to wait for a state. A name means any of a resource's replicas, or one replica's own name.</summary>
public class ResourceNotificationService
{
    private const int WatchedEventsMax = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableList<string> _awaitedEnds = [];
    private ImmutableList<Action<ResourceEvent>> _watchers = [];

    internal ResourceNotificationService() { }

    public async Task WaitForResourceAsync(
        string resourceName,
        string? targetState = null,
        CancellationToken cancellationToken = default
    ) => await WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    public async Task<string> WaitForResourceAsync(
        string resourceName,
        IEnumerable<string> targetStates,
        CancellationToken cancellationToken = default
    )
    {
        var states = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        using var awaited = states.IsSubsetOf(KnownResourceStates.TerminalStates) ? AwaitEndOf(resourceName) : null;
        var reached = await WaitForResourceAsync(
            resourceName,
            resourceEvent => resourceEvent.Snapshot.State is { } state && states.Contains(state.Text),
            cancellationToken
        );
        return reached.Snapshot.State!.Text;
    }

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName,
        Func<ResourceEvent, bool> predicate,
        CancellationToken cancellationToken = default
    )
    {
        var reached = new TaskCompletionSource<ResourceEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = Watch(resourceEvent =>
        {
            if (IsNamed(resourceEvent, resourceName) && predicate(resourceEvent))
            {
                reached.TrySetResult(resourceEvent);
            }
        });
        return await reached.Task.WaitAsync(cancellationToken);
    }

    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName,
        CancellationToken cancellationToken = default
    )
    {
        var resourceEvent = await WaitForResourceAsync(
            resourceName,
            resourceEvent =>
                resourceEvent.Snapshot is { HealthStatus: HealthStatus.Healthy, IsReady: true }
                || HasEnded(resourceEvent.Snapshot),
            cancellationToken
        );
        return HasEnded(resourceEvent.Snapshot)
            ? throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it is {resourceEvent.Snapshot.State!.Text}."
            )
            : resourceEvent;
    }

    /// <summary>The state of everything now, then each change. Who reads too slowly loses the oldest changes.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var events = Channel.CreateBounded<ResourceEvent>(
            new BoundedChannelOptions(WatchedEventsMax) { FullMode = BoundedChannelFullMode.DropOldest }
        );
        using var watch = Watch(resourceEvent => events.Writer.TryWrite(resourceEvent));
        while (await events.Reader.WaitToReadAsync(cancellationToken))
        {
            while (events.Reader.TryRead(out var resourceEvent))
            {
                yield return resourceEvent;
            }
        }
    }

    public bool TryGetCurrentState(
        string resourceId,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ResourceEvent? resourceEvent
    )
    {
        lock (_lock)
        {
            return _current.TryGetValue(resourceId, out resourceEvent);
        }
    }

    internal void Publish(
        IResource resource,
        string resourceId,
        Func<CustomResourceSnapshot, CustomResourceSnapshot> change
    )
    {
        lock (_lock)
        {
            var before = _current.TryGetValue(resourceId, out var known)
                ? known.Snapshot
                : new CustomResourceSnapshot { ResourceType = TypeOf(resource) };
            var now = new ResourceEvent(resource, resourceId, change(before));
            _current[resourceId] = now;

            // Under the lock, so that every watcher sees the changes in one order. Watchers only note or enqueue.
            foreach (var watcher in _watchers)
            {
                watcher(now);
            }
        }
    }

    /// <summary>Whether somebody waits to see one of these end, and for nothing else.</summary>
    internal bool IsEndAwaited(params IEnumerable<string> names) =>
        names.Any(name => _awaitedEnds.Contains(name, StringComparer.OrdinalIgnoreCase));

    private Undo AwaitEndOf(string resourceName)
    {
        ImmutableInterlocked.Update(ref _awaitedEnds, ends => ends.Add(resourceName));
        return new Undo(() => ImmutableInterlocked.Update(ref _awaitedEnds, ends => ends.Remove(resourceName)));
    }

    private Undo Watch(Action<ResourceEvent> watcher)
    {
        lock (_lock)
        {
            foreach (var known in _current.Values)
            {
                watcher(known);
            }

            _watchers = _watchers.Add(watcher);
        }

        return new Undo(() => ImmutableInterlocked.Update(ref _watchers, watchers => watchers.Remove(watcher)));
    }

    private static bool IsNamed(ResourceEvent resourceEvent, string name) =>
        string.Equals(resourceEvent.Resource.Name, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(resourceEvent.ResourceId, name, StringComparison.OrdinalIgnoreCase);

    private static bool HasEnded(CustomResourceSnapshot snapshot) =>
        snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text);

    private static string TypeOf(IResource resource) =>
        resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal);

    private sealed class Undo(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }
}
