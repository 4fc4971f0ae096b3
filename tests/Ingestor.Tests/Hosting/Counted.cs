namespace Ingestor.Tests.Hosting;

/// <summary>Ends when something has happened so often: what a test waits for instead of sleeping.</summary>
internal sealed class Counted(int times)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public void Happened(int more = 1)
    {
        if (Interlocked.Add(ref _count, more) >= times)
        {
            _reached.TrySetResult();
        }
    }

    public Task ReachedAsync(CancellationToken cancellationToken) => _reached.Task.WaitAsync(cancellationToken);
}
