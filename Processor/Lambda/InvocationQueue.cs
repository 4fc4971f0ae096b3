using Processor.Receiving;

namespace Processor.Lambda;

/// <summary>
/// The queue as an invocation sees it: a delete is a place in the answer, and so is a message that stays. Only waiting goes to SQS
/// itself, so that a failed message comes back when it should and not when the function's visibility ends.
/// </summary>
internal sealed class InvocationQueue(SqsEventQueue sqs) : IEventQueue
{
    /// <summary>The batch under way; Lambda gives a process one at a time.</summary>
    public Invocation? Current { get; set; }

    public Task<ReceiveAnswer> ReceiveAsync(int max, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Lambda receives; this process only answers.");

    public Task<DeleteAnswer[]> DeleteAsync(
        IReadOnlyList<ReceivedMessage> messages,
        CancellationToken cancellationToken
    )
    {
        foreach (var message in messages)
        {
            Current?.Succeed(message.MessageId);
        }

        return Task.FromResult(messages.Select(_ => DeleteAnswer.Deleted).ToArray());
    }

    public async Task<VisibilityAnswer[]> ChangeVisibilityAsync(
        IReadOnlyList<VisibilityChange> changes,
        CancellationToken cancellationToken
    )
    {
        var answers = await sqs.ChangeVisibilityAsync(changes, cancellationToken);
        foreach (var change in changes)
        {
            Current?.Fail(change.Message.MessageId);
        }

        return answers;
    }

    public Task<bool> SendAgainAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        TimeSpan delay,
        CancellationToken cancellationToken
    ) => sqs.SendAgainAsync(body, attributes, delay, cancellationToken);
}
