namespace GenesysMock.Publishing;

/// <summary>How long to wait before a batch is sent again: as long as is asked for, else exponentially with full jitter.</summary>
internal sealed class RetryPause(TimeSpan shortest, TimeSpan longest, Random random)
{
    // Beyond this the doubling has reached any maximum that is allowed.
    private const int DoublingsMax = 20;

    /// <param name="attempt">How often the batch has been sent: 1 after the first time.</param>
    /// <param name="retryAfter">What the answer asked for. Longer than the longest pause is not believed.</param>
    public TimeSpan Next(int attempt, TimeSpan? retryAfter)
    {
        if (retryAfter is { } asked && asked > TimeSpan.Zero)
        {
            // All that were told the same must not come back as one.
            return Shorter(asked, longest) + shortest * random.NextDouble();
        }

        var ceiling = Shorter(shortest * Math.Pow(2, Math.Min(attempt, DoublingsMax)), longest);
        return shortest + (ceiling - shortest) * random.NextDouble();
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
