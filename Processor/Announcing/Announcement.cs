namespace Processor.Announcing;

/// <summary>One request to enrichment for up to ten conversations: gathering, under way, and then sent or not.</summary>
internal sealed class Announcement
{
    /// <summary>The entries of one SQS batch call.</summary>
    private const int ConversationsMax = 10;

    private readonly TaskCompletionSource _filled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool[]> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _conversationIds = [];
    private DateTimeOffset _readableAt = DateTimeOffset.MaxValue;

    /// <summary>Complete when nobody gathers any more.</summary>
    public IReadOnlyList<string> ConversationIds => _conversationIds;

    public bool IsFull => _conversationIds.Count == ConversationsMax;

    /// <summary>When it is worth trying again, if it was not sent.</summary>
    public DateTimeOffset RetryAt { get; set; }

    /// <summary>Nobody can have read it: what was recorded up to now is found by whoever reads it later.</summary>
    public bool Covers(DateTimeOffset now) => now < _readableAt;

    public void Add(string conversationId)
    {
        _conversationIds.Add(conversationId);
        if (IsFull)
        {
            _filled.TrySetResult();
        }
    }

    /// <summary>Ends when it is full, or after the linger: those that are together go.</summary>
    public async Task FilledAsync(TimeSpan linger, TimeProvider time)
    {
        await using var over = time.CreateTimer(
            static filled => ((TaskCompletionSource)filled!).TrySetResult(),
            _filled,
            linger,
            Timeout.InfiniteTimeSpan
        );
        await _filled.Task;
    }

    /// <summary>It is on its way; the queue shows it no earlier than this.</summary>
    public void Leaves(DateTimeOffset readableAt) => _readableAt = readableAt;

    /// <param name="sent">True at the places of those that reached the queue; empty when none did.</param>
    public void Conclude(bool[] sent) => _sent.TrySetResult(sent);

    public async Task<bool> IsSentAsync(string conversationId)
    {
        var sent = await _sent.Task;
        var index = _conversationIds.IndexOf(conversationId);
        return index < sent.Length && sent[index];
    }
}
