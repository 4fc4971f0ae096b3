namespace Operations.DeadLetters;

/// <summary>Open letters of one class and reason: what is understood and decided together.</summary>
internal sealed record LetterGroup(
    string Class,
    string Reason,
    int Count,
    int FailedAgain,
    DateTimeOffset OldestSentAt,
    DateTimeOffset NextExpiresAt,
    DateTimeOffset? LastFailedAt,
    IReadOnlyList<string> Kinds
)
{
    private const int KindsMax = 5;

    public static string KeyOf(string @class, string reason) => $"{@class}/{reason}";

    /// <summary>The groups, the one with the oldest letter first.</summary>
    public static IReadOnlyList<LetterGroup> Of(IEnumerable<Letter> letters) =>
        [
            .. letters
                .Where(letter => letter.IsOpen)
                .GroupBy(letter => (letter.Class, letter.ReasonCode))
                .Select(group => new LetterGroup(
                    group.Key.Class,
                    group.Key.ReasonCode,
                    group.Count(),
                    group.Count(letter => letter.FailedAgain > 0),
                    group.Min(letter => letter.SentAt),
                    group.Min(letter => letter.ExpiresAt),
                    group.Max(letter => letter.LastFailedAt),
                    [
                        .. group
                            .Select(letter => letter.Kind ?? "not an event")
                            .CountBy(kind => kind)
                            .OrderByDescending(kind => kind.Value)
                            .Take(KindsMax)
                            .Select(kind => kind.Key),
                    ]
                ))
                .OrderBy(group => group.OldestSentAt),
        ];
}
