namespace Operations.DeadLetters;

/// <summary>Which letters: of a class, a reason, a conversation, a state; and which page of them.</summary>
/// <param name="State">Only those nobody has decided about, unless another state is asked for.</param>
/// <param name="Text">In the topic, the conversation or the beginning of the letter's id.</param>
internal sealed record LetterSearch(
    string? Class = null,
    string? Reason = null,
    string? Conversation = null,
    LetterState? State = LetterState.Dead,
    int Start = 0,
    int Take = LetterSearch.TakeDefault,
    string? Text = null
)
{
    public const int TakeDefault = 50;
    public const int TakeMax = 1_000;

    public bool Fits(Letter letter) =>
        (State is null || letter.State == State)
        && (Class is null || letter.Class == Class)
        && (Reason is null || letter.ReasonCode == Reason)
        && (Conversation is null || letter.ConversationId == Conversation)
        && (string.IsNullOrWhiteSpace(Text) || Has(letter, Text.Trim()));

    private static bool Has(Letter letter, string text) =>
        (letter.Kind ?? "").Contains(text, StringComparison.OrdinalIgnoreCase)
        || (letter.ConversationId ?? "").Contains(text, StringComparison.OrdinalIgnoreCase)
        || letter.Id.StartsWith(text, StringComparison.OrdinalIgnoreCase);
}

/// <param name="Total">Of all pages.</param>
/// <param name="Old">Why this may be old; null when it is not.</param>
internal sealed record LetterPage(IReadOnlyList<Letter> Letters, int Total, string? Old);
