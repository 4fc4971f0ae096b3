namespace Simulation.Traffic;

/// <summary>One thing that Genesys emits, and what must become of it.</summary>
/// <param name="Body">The envelope.</param>
/// <param name="PublishedAgain">The same event under another envelope id.</param>
internal sealed record EmittedEvent(string Body, string PublishedAgain)
{
    /// <summary>What is recorded of it; null of poison.</summary>
    public (string Subject, string Sort)? Key { get; init; }

    public string? ConversationId { get; init; }

    /// <summary>With it a conversation, or a part of one, begins or ends: it is to be summarised anew.</summary>
    public bool IsBoundary { get; init; }

    /// <summary>Of an event that triggers the effect: which, and what is written.</summary>
    public (string NaturalKey, string ParticipantId, string BodyHash)? Effect { get; init; }

    public bool IsPoison => Key is null;
}
