using GenesysApi.Budget;
using Simulation.Histories;

namespace Simulation.Invariants;

/// <summary>No minute, wherever it begins, holds more calls than were allowed in it.</summary>
internal static class Minutes
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>A changed limit is heeded at the next renewal, and a share of the old one may run for one lease more.</summary>
    private static readonly TimeSpan HeededWithin = TimeSpan.FromSeconds(30);

    /// <summary>A process whose own time stood still sends late what it was allowed earlier: only calm histories have none.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    public static void Check(History history)
    {
        Check(history.Outside.Departures, history.Limits, Minute, Invariant.MinuteHeld, allowed => allowed);
        if (history.Plan.IsCalm)
        {
            // A stream of calls may be ahead of its rate by one call and a half, and each process has two streams at most.
            var ahead = BudgetArithmetic.CreditMax * (history.AllReplicas.Count + 2);
            Check(
                history.Outside.Departures,
                history.Limits,
                Moment,
                Invariant.NothingSavedUp,
                allowed => (allowed / 60.0) + ahead
            );
        }

        var paid = history.Outside.Paid;
        EndInvariants.Hold(paid.NotFree is null, Invariant.ShareIsFree, $"{paid.NotFree}");
        EndInvariants.Hold(paid.NotPaid is null, Invariant.CallIsPaid, $"{paid.NotPaid}");
    }

    /// <param name="most">Of the limit in a window, how many calls it may hold.</param>
    internal static void Check(
        IReadOnlyList<TimeSpan> departures,
        IReadOnlyList<(TimeSpan From, int Limit)> limits,
        TimeSpan window,
        string invariant,
        Func<int, double> most
    )
    {
        for (int first = 0, last = 0; last < departures.Count; last++)
        {
            while (departures[last] - departures[first] >= window)
            {
                first++;
            }

            var allowed = most(AllowedIn(limits, departures[first], departures[last]));
            EndInvariants.Hold(
                last - first + 1 <= allowed,
                invariant,
                $"{last - first + 1} calls of {allowed} from {departures[first]} to {departures[last]}"
            );
        }
    }

    /// <returns>The most that a process may have known of as allowed between these times.</returns>
    public static int AllowedIn(IReadOnlyList<(TimeSpan From, int Limit)> limits, TimeSpan start, TimeSpan end)
    {
        var allowed = 0;
        for (var index = 0; index < limits.Count; index++)
        {
            var until = index + 1 < limits.Count ? limits[index + 1].From + HeededWithin : TimeSpan.MaxValue;
            if (limits[index].From <= end && until >= start)
            {
                allowed = Math.Max(allowed, limits[index].Limit);
            }
        }

        return allowed;
    }
}
