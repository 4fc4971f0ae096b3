using System.Collections.Immutable;

namespace GenesysMock.Traffic;

/// <summary>One distinct thing that is emitted: an event, or something that looks like one and is poison.</summary>
/// <param name="Index">Its place among the things of the run, from 0.</param>
/// <param name="Conversation">The conversation it is part of, if it is part of one.</param>
internal sealed record Emission(int Index, Happening Happening, Conversation? Conversation, PoisonKind? Poison);

/// <summary>
/// Why it is poison. Each kind is a JSON object with a detail-type, a source and a detail, so an ingestor has to take it.
/// </summary>
internal enum PoisonKind
{
    /// <summary>A detail without an eventBody.</summary>
    NoBody,

    /// <summary>An eventBody that is a text, though what it says is JSON.</summary>
    BodyIsText,

    /// <summary>An envelope of a version that does not exist.</summary>
    UnknownVersion,

    /// <summary>An event of a conversation that says nowhere which conversation.</summary>
    NoId,
}

internal enum Copy
{
    First,

    /// <summary>The bus delivers it again: the same envelope.</summary>
    Redelivered,

    /// <summary>Genesys publishes it again: the same detail in a new envelope.</summary>
    Republished,
}

/// <summary>One delivery of a thing, and when it is due on the timeline of the run.</summary>
internal sealed record Delivery(
    Emission Emission,
    Copy Copy,
    string EnvelopeId,
    DateTimeOffset Due,
    ReadOnlyMemory<byte> Envelope
);

/// <summary>All deliveries of one thing, the first one first.</summary>
internal sealed record Scheduled(Emission Emission, ImmutableArray<Delivery> Deliveries);
