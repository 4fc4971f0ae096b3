using Operations.Budget;

namespace Operations.Redriving;

/// <summary>The share of the API's budget that all redrives of this process have together: four of them cause no more calls than one.</summary>
internal sealed class ApiShare(BudgetTable budgets, TimeProvider time)
{
    /// <summary>How old what is known of the budget may be.</summary>
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private DateTimeOffset _asked = DateTimeOffset.MinValue;
    private double? _allowedPerMinute;
    private DateTimeOffset? _blockedUntil;

    /// <summary>Takes the place of one letter, or says how long to wait for it. Where the letter is not sent then, its place is lost.</summary>
    public async Task<(TimeSpan Wait, string? Why)> TakeAsync(int percent, CancellationToken cancellationToken)
    {
        await AskAsync(cancellationToken);
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_blockedUntil > now)
            {
                return (
                    _blockedUntil.Value - now,
                    $"The API is blocked until {_blockedUntil:HH:mm:ss} UTC; letters that need it wait."
                );
            }

            if (_allowedPerMinute is not { } allowed)
            {
                return (TimeSpan.Zero, null);
            }

            if (_next > now)
            {
                return (_next - now, "It keeps to its share of the API's budget.");
            }

            _next = now + TimeSpan.FromMinutes(1 / Math.Max(0.1, allowed * percent / 100.0));
            return (TimeSpan.Zero, null);
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (time.GetUtcNow() - _asked < KnownFor)
            {
                return;
            }
        }

        var records = await budgets.ReadAsync(cancellationToken);
        lock (_gate)
        {
            var now = time.GetUtcNow();
            _asked = now;
            // Without a record nobody calls the API: there is no budget to share.
            _allowedPerMinute = records.Count == 0 ? null : records.Min(record => record.Allowed);
            _blockedUntil = records
                .SelectMany(record => record.Blocks)
                .Where(block => block.Until > now)
                .Select(block => (DateTimeOffset?)block.Until)
                .Max();
        }
    }
}
