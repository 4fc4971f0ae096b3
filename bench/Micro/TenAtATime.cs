using Processor.Receiving;

namespace Micro;

/// <summary>A queue that hands out the same ten messages whenever it is told to, and says when they are deleted.</summary>
internal sealed class TenAtATime(IReadOnlyList<ReceivedMessage> messages) : IEventQueue, IDisposable
{
    private readonly SemaphoreSlim _offered = new(0);
    private readonly SemaphoreSlim _deleted = new(0);
    private int _left;

    public async Task PassAsync()
    {
        _left = messages.Count;
        _offered.Release();
        await _deleted.WaitAsync();
    }

    public async Task<ReceiveAnswer> ReceiveAsync(int max, CancellationToken cancellationToken)
    {
        await _offered.WaitAsync(cancellationToken);
        return new ReceiveAnswer.Messages(messages);
    }

    public Task<DeleteAnswer[]> DeleteAsync(IReadOnlyList<ReceivedMessage> deleted, CancellationToken cancellationToken)
    {
        if (Interlocked.Add(ref _left, -deleted.Count) == 0)
        {
            _deleted.Release();
        }

        return Task.FromResult(new DeleteAnswer[deleted.Count]);
    }

    public Task<VisibilityAnswer[]> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes,
        CancellationToken cancellationToken
    ) => Task.FromResult(new VisibilityAnswer[changes.Count]);

    public Task<bool> SendAgainAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        TimeSpan delay,
        CancellationToken cancellationToken
    ) => Task.FromResult(true);

    public void Dispose()
    {
        _offered.Dispose();
        _deleted.Dispose();
    }
}
