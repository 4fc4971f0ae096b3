using Operations.DeadLetters;

namespace Operations.Tests.DeadLetters;

/// <summary>A letter for tests that need no table.</summary>
internal static class ALetter
{
    /// <summary>When it was sent and collected.</summary>
    public static readonly DateTimeOffset SentAt = new(2026, 3, 19, 14, 0, 0, TimeSpan.Zero);

    public static Letter Of(string messageId) =>
        new()
        {
            Id = "0123",
            State = LetterState.Dead,
            Reason = "effect-timeout",
            Class = "transient",
            SentAt = SentAt,
            CollectedAt = SentAt,
            ExpiresAt = SentAt.AddDays(21),
            Bytes = 2,
            MessageIds = [messageId],
        };
}
