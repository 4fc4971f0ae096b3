using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>One of a resource's processes, over all its restarts: how far it has come, and what it said last.</summary>
/// <param name="Resource">The resource it is one of.</param>
/// <param name="Index">Which one, from 0.</param>
/// <param name="Id">Its name: `processor-2`, or the resource's own when it is the only one.</param>
/// <param name="StartsAgain">Whether it is started again at all; a job is not.</param>
internal sealed record Replica(IResource Resource, int Index, string Id, bool StartsAgain)
{
    private const int LastLinesMax = 4;

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = new();

    /// <summary>Completes when it runs for the first time.</summary>
    public Task Started => _started.Task;

    /// <summary>Completes when it is healthy for the first time; fails when it could not be started.</summary>
    public Task Healthy => _healthy.Task;

    /// <summary>Completes when it has ended by itself and does not start again.</summary>
    public Task<int> Ended => _ended.Task;

    public static IEnumerable<Replica> Of(IResource resource, bool startAgain)
    {
        var count = resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
        return Enumerable
            .Range(0, count)
            .Select(index => new Replica(
                resource,
                index,
                count is 1 ? resource.Name : $"{resource.Name}-{index + 1}",
                startAgain
            ));
    }

    public void HasStarted() => _started.TrySetResult();

    public void IsHealthy() => _healthy.TrySetResult();

    public void HasEnded(int exitCode) => _ended.TrySetResult(exitCode);

    public void HasFailed(Exception fault) => _healthy.TrySetException(fault);

    public void HasSaid(string line)
    {
        // Where a stack trace came from is the log's affair, not that of a one-line message.
        if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith("at ", StringComparison.Ordinal))
        {
            return;
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line.Trim());
            if (_lastLines.Count > LastLinesMax)
            {
                _lastLines.Dequeue();
            }
        }
    }

    /// <summary>The end of a message about its failure, which is one line; all that it said stands above.</summary>
    public string LastWords()
    {
        lock (_lastLines)
        {
            return _lastLines.Count is 0 ? "It printed nothing." : $"It said last: {string.Join(" | ", _lastLines)}";
        }
    }
}
