using GenesysApi.Budget;

namespace Simulation.Invariants;

/// <summary>
/// The budget's promise, call by call: what each process sends is paid for by its share as it stands in the shared record. In any time t
/// it sends at most rate · t calls, and one and a half for each of its streams; and nobody takes a share that is not free.
/// </summary>
/// <remarks>
/// A process that lowers its rate does so before it writes, and one that raises it only when it knows that it has written: so the
/// record never says less than is used. Without an answer of the table a process goes by a share of its own making, and is not
/// judged until it has written again.
/// </remarks>
internal sealed class PaidCalls
{
    /// <summary>What roundings add up to.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>The least part of a limit that is shared out, however many streams there are.</summary>
    private const double SharedOutAtLeast = 0.25;

    private readonly Dictionary<string, Account> _accounts = [];

    /// <summary>The first call too many; null when there was none.</summary>
    public string? NotPaid { get; private set; }

    /// <summary>The first share too large; null when there was none.</summary>
    public string? NotFree { get; private set; }

    /// <summary>The record stands in the table.</summary>
    /// <param name="process">Who wrote it.</param>
    /// <param name="configured">The largest limit that a process may have been configured for lately.</param>
    public void Written(BudgetRecord record, string process, int configured, TimeSpan now)
    {
        var shares = record.Shares.Where(share => share.Rate > 0).ToList();
        var mine = shares.Where(share => share.Holder == process).ToList();
        AccountOf(process).Set(mine.Sum(share => share.Rate), Math.Max(1, mine.Count), now);

        var rates = shares.Sum(share => share.Rate);
        var most = rates + (BudgetArithmetic.CreditMax * shares.Count);
        var isFree = most <= record.Allowed + Tolerance || rates <= (SharedOutAtLeast * record.Allowed) + Tolerance;
        if (record.Allowed > configured || (mine.Count > 0 && !isFree))
        {
            NotFree ??=
                $"{process} wrote at {now} shares of {rates:F2} in {shares.Count} streams for {record.Allowed}, of {configured}";
        }
    }

    /// <summary>The process knows whether it has written; or it does not know what stands in the table.</summary>
    public void Heard(string process, bool isSure, TimeSpan now) => AccountOf(process).Heard(isSure, now);

    /// <summary>A call left the process.</summary>
    public void Sent(string process, TimeSpan now)
    {
        var account = AccountOf(process);
        if (!account.Pays(now))
        {
            NotPaid ??= $"{process} at {now}, with a share of {account.PerMinute:F2} a minute";
        }
    }

    private Account AccountOf(string process) =>
        _accounts.TryGetValue(process, out var known) ? known : _accounts[process] = new Account();

    private sealed class Account
    {
        private double _credit = BudgetArithmetic.CreditMax;
        private double _creditMax = BudgetArithmetic.CreditMax;
        private bool _isSure = true;
        private TimeSpan _at;

        public double PerMinute { get; private set; }

        public void Set(double perMinute, int streams, TimeSpan now)
        {
            Advance(now);
            (PerMinute, _creditMax) = (perMinute, streams * BudgetArithmetic.CreditMax);
        }

        public void Heard(bool isSure, TimeSpan now)
        {
            Advance(now);
            _credit = isSure == _isSure ? _credit : _creditMax;
            _isSure = isSure;
        }

        public bool Pays(TimeSpan now)
        {
            Advance(now);
            _credit--;
            return !_isSure || _credit >= -Tolerance;
        }

        private void Advance(TimeSpan now)
        {
            _credit = Math.Min(_credit + (PerMinute * (now - _at).TotalMinutes), _creditMax);
            _at = now;
        }
    }
}
