namespace Processor.Settlement;

/// <summary>A seam: the queue <c>genesys-events-dlq</c> in production.</summary>
internal interface IDeadLetterQueue
{
    /// <summary>Puts the body there, byte for byte, with its attributes (10 at the most).</summary>
    /// <param name="body">The envelope.</param>
    /// <param name="attributes">What the letter says about itself.</param>
    /// <param name="place">Of a message of a FIFO queue: its dead letters are in one too, which takes nothing without.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    /// <returns>True when SQS has it; only then may the original be deleted.</returns>
    Task<bool> SendAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        FifoPlace? place,
        CancellationToken cancellationToken
    );
}

/// <param name="GroupId">The group the message was in.</param>
/// <param name="DeduplicationId">The id under which it failed: sent twice, it is one letter.</param>
internal sealed record FifoPlace(string GroupId, string DeduplicationId);
