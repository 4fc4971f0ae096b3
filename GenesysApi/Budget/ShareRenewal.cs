using Microsoft.Extensions.Logging;
using ServiceDefaults;

namespace GenesysApi.Budget;

/// <summary>Reads the shared record, works out this process' share and writes it, one renewal at a time.</summary>
internal sealed partial class ShareRenewal(
    string budget,
    IBudgetStore store,
    LocalBudget local,
    GenesysApiMetrics metrics,
    TimeProvider time,
    Random random,
    ILogger logger
)
{
    /// <summary>The store answers in milliseconds or is away; callers wait for it with a request in their hands.</summary>
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(1);

    private const int AttemptsMax = 2;

    private readonly Lock _gate = new();
    private TaskCompletionSource? _running;

    /// <summary>Renews if it is time. Others go on with the share they hold meanwhile, and wait only if they hold none.</summary>
    public async ValueTask RenewIfDueAsync(BudgetClass @class, string endpoint, CancellationToken cancellationToken)
    {
        var isDue = local.AskAndSeeIfRenewalIsDue(@class, endpoint);
        var (mine, running) = Begin(isDue);
        if (mine is not null)
        {
            await RunAsync(mine, release: false, cancellationToken);
        }
        else if (running is not null && !local.HoldsShare(@class))
        {
            await Waiting.ForAsync(running, cancellationToken);
        }
    }

    /// <summary>Renews now: there is news for the others, or the share is given back.</summary>
    public async Task RenewNowAsync(bool release, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (mine, running) = Begin(isDue: true);
            if (mine is not null)
            {
                await RunAsync(mine, release, cancellationToken);
                return;
            }

            await Waiting.ForAsync(running!, cancellationToken);
        }
    }

    private (TaskCompletionSource? Mine, Task? Running) Begin(bool isDue)
    {
        lock (_gate)
        {
            if (_running is not null || !isDue)
            {
                return (null, _running?.Task);
            }

            _running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (_running, null);
        }
    }

    private async Task RunAsync(TaskCompletionSource mine, bool release, CancellationToken cancellationToken)
    {
        try
        {
            await RenewAsync(release, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }

            mine.SetResult();
        }
    }

    private async Task RenewAsync(bool release, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var began = time.GetTimestamp();
            if (await ReadAsync(cancellationToken) is not BudgetRead.Found found)
            {
                return;
            }

            var renewal = local.Plan(found.Record, release);
            switch (await WriteAsync(renewal.Record, cancellationToken))
            {
                case BudgetWrite.Written:
                    Written(renewal, began);
                    return;
                case BudgetWrite.Conflict when attempt < AttemptsMax:
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(20, 120)), time, cancellationToken);
                    break;
                case BudgetWrite.Conflict:
                    local.Postpone(TimeSpan.FromSeconds(1));
                    return;
                default:
                    return;
            }
        }
    }

    private async Task<BudgetRead> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await WithinTimeoutAsync(
            token => store.ReadAsync(budget, token),
            new BudgetRead.Unavailable("timeout"),
            cancellationToken
        );
        if (read is BudgetRead.Unavailable unavailable)
        {
            CutOff(unavailable.Reason);
        }

        return read;
    }

    private async Task<BudgetWrite> WriteAsync(BudgetRecord record, CancellationToken cancellationToken)
    {
        var write = await WithinTimeoutAsync(
            token => store.WriteAsync(record, token),
            new BudgetWrite.Unavailable("timeout"),
            cancellationToken
        );
        metrics.BudgetWritten(write);
        if (write is BudgetWrite.Unavailable unavailable)
        {
            CutOff(unavailable.Reason);
        }

        return write;
    }

    private async Task<T> WithinTimeoutAsync<T>(
        Func<CancellationToken, Task<T>> ask,
        T timedOut,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(StoreTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return timedOut;
        }
    }

    private void Written(BudgetRenewal renewal, long began)
    {
        if (local.Adopt(renewal, began))
        {
            Log.StoreIsBack(logger);
        }

        Log.ShareRenewed(logger, renewal.Live, renewal.Operator, renewal.Holders, renewal.Record.Allowed);
    }

    private void CutOff(string reason)
    {
        if (local.CutOff())
        {
            Log.StoreIsAway(logger, reason);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 360,
            Level = LogLevel.Debug,
            Message = "The share of the API budget is {Live:F1} calls a minute ({Operator:F1} for operators) of {Allowed}, among {Holders} holders."
        )]
        public static partial void ShareRenewed(
            ILogger logger,
            double live,
            double @operator,
            int holders,
            int allowed
        );

        [LoggerMessage(
            EventId = 361,
            Level = LogLevel.Warning,
            Message = "The table of the API budget does not answer ({Reason}); calls go on at the local share."
        )]
        public static partial void StoreIsAway(ILogger logger, string reason);

        [LoggerMessage(
            EventId = 362,
            Level = LogLevel.Information,
            Message = "The table of the API budget answers again."
        )]
        public static partial void StoreIsBack(ILogger logger);
    }
}
