using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Operations.DeadLetters;

/// <summary>How dead letters are kept and shown.</summary>
internal sealed class DeadLetterOptions
{
    public const string Section = "DeadLetters";

    /// <summary>
    /// From when it was first sent. Longer than any queue would keep it, and well short of the 30 days for which claims remember what
    /// was done: a letter that comes back later than that could do it again.
    /// </summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "28.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(21);

    /// <summary>
    /// Letters held in memory; each takes about 2 KB. Decided ones make room for others; with more open ones than this something else
    /// is wrong.
    /// </summary>
    [Range(100, 1_000_000)]
    public int LettersMax { get; init; } = 50_000;

    /// <summary>
    /// How old what another process wrote may be when a page shows it; what this one writes is shown at once. A reading of 10,000 letters
    /// costs some 3,000 read units.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A group in which a letter failed again within this time is likely to do so once more.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan FailsAgainWithin { get; init; } = TimeSpan.FromMinutes(15);
}

[OptionsValidator]
internal sealed partial class DeadLetterOptionsValidator : IValidateOptions<DeadLetterOptions>;
