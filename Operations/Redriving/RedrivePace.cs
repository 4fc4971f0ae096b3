namespace Operations.Redriving;

/// <summary>When the next letter may go: by the redrive's own rate, and by the share of the API's budget where a letter costs a part of it.</summary>
internal sealed class RedrivePace(ApiShare api, TimeProvider time)
{
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <returns>How long to wait; and why, where it is the API that asks for it.</returns>
    public async Task<(TimeSpan Wait, string? Why)> NextAsync(
        Redrive redrive,
        bool costsApi,
        CancellationToken cancellationToken
    )
    {
        var wait = _next - time.GetUtcNow();
        return wait > TimeSpan.Zero || !costsApi
            ? (wait, null)
            : await api.TakeAsync(redrive.BudgetSharePercent, cancellationToken);
    }

    public void Sent(Redrive redrive) => _next = time.GetUtcNow() + TimeSpan.FromSeconds(1 / redrive.RatePerSecond);
}
