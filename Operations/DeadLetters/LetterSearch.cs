namespace Operations.DeadLetters;

/// <summary>Which letters: of a class, a reason, a conversation, a state; and which page of them.</summary>
/// <param name="State">Only those nobody has decided about, unless another state is asked for.</param>
internal sealed record LetterSearch(
    string? Class = null,
    string? Reason = null,
    string? Conversation = null,
    LetterState? State = LetterState.Dead,
    int Start = 0,
    int Take = LetterSearch.TakeDefault
)
{
    public const int TakeDefault = 50;
    public const int TakeMax = 1_000;

    public bool Fits(Letter letter) =>
        (State is null || letter.State == State)
        && (Class is null || letter.Class == Class)
        && (Reason is null || letter.ReasonCode == Reason)
        && (Conversation is null || letter.ConversationId == Conversation);
}

/// <param name="Total">Of all pages.</param>
internal sealed record LetterPage(IReadOnlyList<Letter> Letters, int Total);
