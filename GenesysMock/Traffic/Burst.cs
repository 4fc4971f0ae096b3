using System.ComponentModel.DataAnnotations;

namespace GenesysMock.Traffic;

/// <summary>
/// Deliveries held back and then let go at many times the mean rate, as a bus does that was in trouble. The mean stays
/// what it was: what the burst brings is missing before it.
/// </summary>
internal sealed record Burst : IValidatableObject
{
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan For { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many times the mean rate. A burst of ten times the mean is what contact centres report.</summary>
    [Range(1, 100)]
    public double Factor { get; init; } = 10;

    /// <summary>
    /// When that is let go which would be due at <paramref name="due"/> without bursts; both count from the start.
    /// Each period is two straight lines: slow until the burst, then steep. The order of deliveries never changes.
    /// </summary>
    public TimeSpan Release(TimeSpan due)
    {
        var start = Math.Floor(due / Every) * Every;
        var position = due - start;
        var heldBack = For * Factor;
        var quiet = Every - For;
        var released = Every - heldBack;
        return position < released
            ? start + position * (quiet / released)
            : start + quiet + (position - released) / Factor;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (For <= TimeSpan.Zero)
        {
            yield return new ValidationResult($"For ({For}) must be longer than nothing.", [nameof(For)]);
        }

        if (For * Factor > Every)
        {
            yield return new ValidationResult(
                $"For ({For}) × Factor ({Factor}) must not be longer than Every ({Every}).",
                [nameof(For), nameof(Factor), nameof(Every)]
            );
        }
    }
}
