namespace Processor.Recording;

/// <summary>
/// One item of <c>conversation-events</c>. The same event makes the same item, whatever brought it and how often; only the arrival
/// (envelope id, published, received, recorded) tells one write from another.
/// </summary>
/// <param name="Subject">Partition key: what the event is about.</param>
/// <param name="Sort">Sort key <c>event</c>: event time in ms, 14 digits, and the event key; of a part, with <c>#p001</c> behind it.</param>
/// <param name="Kind">The detail-type, as published.</param>
/// <param name="EnvelopeId">The EventBridge id this event was recorded under.</param>
/// <param name="PublishedMs">When Genesys published it, ms since 1970.</param>
/// <param name="ReceivedMs">When the queue got it, ms since 1970: the order of arrival.</param>
/// <param name="RecordedMs">When it was last written, ms since 1970: with <c>published</c> and <c>received</c>, where the time went.</param>
/// <param name="ExpiresSeconds">TTL, seconds since 1970.</param>
internal sealed record EventItem(
    string Subject,
    string Sort,
    string Kind,
    string EnvelopeId,
    long PublishedMs,
    long ReceivedMs,
    long RecordedMs,
    long ExpiresSeconds
)
{
    /// <summary>The event body as text; of a body in parts, its beginning, for people.</summary>
    public string? Body { get; init; }

    /// <summary>The event body in Brotli, where that saves a write unit; of a part, its piece of it.</summary>
    public ReadOnlyMemory<byte>? BrotliBody { get; init; }

    /// <summary>How many parts hold the body; 0 when this item does. An item that says so is written after its parts.</summary>
    public int Parts { get; init; }
}
