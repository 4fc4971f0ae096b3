using Microsoft.Extensions.Logging;

namespace GenesysApi.Budget;

/// <summary>
/// The calls this process may make: its share of the rate that all replicas of one OAuth client have together. The share is
/// renewed in the shared record by whoever asks for a permit when it is time, so an idle process writes nothing.
/// <see cref="BudgetArithmetic"/> says why no minute can hold too many calls.
/// </summary>
public sealed partial class ApiBudget : IAsyncDisposable, IDisposable
{
    /// <summary>A second beyond what the server asks for, and up to one more so that replicas do not come back together.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(1);

    private readonly LocalBudget _local;
    private readonly ShareRenewal _renewal;
    private readonly GenesysApiMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger<ApiBudget> _logger;

    /// <param name="budget">OAuth client and limit: the key of the shared record.</param>
    /// <param name="holder">This process among those that share the record; a name that no other process ever had.</param>
    /// <param name="rules">Asked at each renewal, so that a changed setting is heeded without a restart.</param>
    public ApiBudget(
        string budget,
        string holder,
        IBudgetStore store,
        Func<BudgetRules> rules,
        GenesysApiMetrics metrics,
        TimeProvider time,
        Random random,
        ILogger<ApiBudget> logger
    )
    {
        (_metrics, _time, _random, _logger) = (metrics, time, random, logger);
        _local = new LocalBudget(holder, rules, time, random);
        _renewal = new ShareRenewal(budget, store, _local, metrics, time, random, logger);
        metrics.Observe(_local);
    }

    /// <summary>One permit for one HTTP call. Waits its turn for a second or two at most, otherwise says when to come back.</summary>
    public async ValueTask<Permit> TakeAsync(BudgetClass @class, string endpoint, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        await _renewal.RenewIfDueAsync(@class, endpoint, cancellationToken);
        var permit = _local.Enter(@class, endpoint) ?? await WaitInLineAsync(@class, endpoint, cancellationToken);
        _metrics.PermitTaken(_time.GetElapsedTime(started), permit);
        return permit;
    }

    /// <summary>Whether a permit could be had soon. Nothing is taken and nothing is promised: it tells who should not even start.</summary>
    public Permit Look(BudgetClass @class, string endpoint) => _local.Look(@class, endpoint);

    /// <summary>What the headers of an answer say is believed over our own count.</summary>
    public void Note(string endpoint, RateHeaders headers) => _local.Note(endpoint, headers);

    /// <summary>
    /// Stops the calls to <paramref name="endpoint"/> (or <see cref="BudgetBlock.Everything"/>) here at once, and for every other
    /// replica with its next renewal.
    /// </summary>
    /// <param name="wait">What the server asked for; without it, longer each time in a row.</param>
    /// <returns>When the calls may go on.</returns>
    public async Task<DateTimeOffset> BlockAsync(
        string endpoint,
        TimeSpan? wait,
        string by,
        CancellationToken cancellationToken
    )
    {
        var asked = wait ?? _local.UnexplainedWait();
        var until = _time.GetUtcNow() + asked + (Courtesy * (1 + _random.NextDouble()));
        if (_local.Raise(new BudgetBlock(endpoint, until, by)))
        {
            Log.Blocked(_logger, endpoint, until, by);
            await _renewal.RenewNowAsync(release: false, cancellationToken);
        }

        return until;
    }

    /// <summary>Gives the share back, so that the others need not wait for the end of its lease.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) =>
        _local.MayBeInRecord() ? _renewal.RenewNowAsync(release: true, cancellationToken) : Task.CompletedTask;

    public async ValueTask DisposeAsync() => await ReleaseAsync(CancellationToken.None);

    /// <summary>Without the time to give the share back; its lease ends by itself.</summary>
    public void Dispose()
    {
        // A container that is disposed of in a hurry asks for this.
    }

    private async Task<Permit> WaitInLineAsync(BudgetClass @class, string endpoint, CancellationToken cancellationToken)
    {
        try
        {
            await _local.WaitForTurnAsync(@class, cancellationToken);
            try
            {
                while (true)
                {
                    var (permit, wait) = _local.TryTake(@class, endpoint);
                    if (permit is not null)
                    {
                        return permit;
                    }

                    await Task.Delay(wait, _time, cancellationToken);
                }
            }
            finally
            {
                _local.EndTurn(@class);
            }
        }
        finally
        {
            _local.Leave(@class);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 363,
            Level = LogLevel.Information,
            Message = "No calls to {Endpoint} before {Until:O}, because {By} says so."
        )]
        public static partial void Blocked(ILogger logger, string endpoint, DateTimeOffset until, string by);
    }
}
