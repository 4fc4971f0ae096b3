using Operations.Budget;

namespace Operations.Redriving;

/// <summary>When the next letter may go: by the redrive's own rate, and by its share of the API's budget where a letter costs a part of it.</summary>
internal sealed class RedrivePace(BudgetTable budgets, TimeProvider time)
{
    /// <summary>How old what is known of the budget may be.</summary>
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);

    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private DateTimeOffset _nextOfApi = DateTimeOffset.MinValue;
    private DateTimeOffset _asked = DateTimeOffset.MinValue;
    private double? _allowedPerMinute;
    private DateTimeOffset? _blockedUntil;

    /// <returns>How long to wait; and why, where it is the API that asks for it.</returns>
    public async Task<(TimeSpan Wait, string? Why)> NextAsync(
        Redrive redrive,
        bool costsApi,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var wait = _next - now;
        if (!costsApi)
        {
            return (wait, null);
        }

        await AskAsync(now, cancellationToken);
        if (_blockedUntil > now)
        {
            return (
                _blockedUntil.Value - now,
                $"The API is blocked until {_blockedUntil:HH:mm:ss} UTC; letters that need it wait."
            );
        }

        var waitForApi = _allowedPerMinute is null ? TimeSpan.Zero : _nextOfApi - now;
        return waitForApi > wait ? (waitForApi, "It keeps to its share of the API's budget.") : (wait, null);
    }

    public void Sent(Redrive redrive, bool costsApi)
    {
        var now = time.GetUtcNow();
        _next = now + TimeSpan.FromSeconds(1 / redrive.RatePerSecond);
        if (costsApi && _allowedPerMinute is { } allowed)
        {
            _nextOfApi = now + TimeSpan.FromMinutes(1 / Math.Max(0.1, allowed * redrive.BudgetSharePercent / 100.0));
        }
    }

    private async Task AskAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now - _asked < KnownFor)
        {
            return;
        }

        _asked = now;
        var records = await budgets.ReadAsync(cancellationToken);
        // Without a record nobody calls the API: there is no budget to share.
        _allowedPerMinute = records.Count == 0 ? null : records.Min(record => record.Allowed);
        _blockedUntil = records
            .SelectMany(record => record.Blocks)
            .Where(block => block.Until > now)
            .Select(block => (DateTimeOffset?)block.Until)
            .Max();
    }
}
