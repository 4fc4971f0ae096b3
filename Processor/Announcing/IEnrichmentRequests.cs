namespace Processor.Announcing;

/// <summary>A seam: the queue <c>conversation-enrichment</c> in production.</summary>
internal interface IEnrichmentRequests
{
    /// <summary>Asks for up to ten conversations to be looked at after a delay; true at the places of those that SQS has.</summary>
    Task<bool[]> SendAsync(IReadOnlyList<string> conversationIds, TimeSpan delay, CancellationToken cancellationToken);
}
