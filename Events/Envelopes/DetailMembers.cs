using System.Text.Json;

namespace Events.Envelopes;

/// <summary>What Genesys puts around an event body.</summary>
internal record struct DetailMembers
{
    public JsonTokenType Kind { get; set; }
    public JsonTokenType BodyKind { get; set; }
    public Scalar TopicName { get; set; }
    public Scalar Version { get; set; }
    public Scalar Timestamp { get; set; }
    public Scalar CorrelationId { get; set; }
}
