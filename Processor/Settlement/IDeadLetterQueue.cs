namespace Processor.Settlement;

/// <summary>A seam: the queue <c>genesys-events-dlq</c> in production.</summary>
internal interface IDeadLetterQueue
{
    /// <summary>Puts the body there, byte for byte, with its attributes (10 at the most).</summary>
    /// <returns>True when SQS has it; only then may the original be deleted.</returns>
    Task<bool> SendAsync(
        string body,
        IReadOnlyDictionary<string, string> attributes,
        CancellationToken cancellationToken
    );
}
