using GenesysApi.Budget;
using Simulation.Invariants;
using Simulation.Tables;

namespace Simulation.Histories;

/// <summary>Tells of what one process writes into the budget's table, and of what it knows of it.</summary>
internal sealed class BudgetWatch(string process, Outside outside, Trace trace) : IBudgetWatch
{
    public void Written(BudgetRecord record, BudgetWrite write)
    {
        if (write is BudgetWrite.Written)
        {
            var now = outside.World.Elapsed;
            outside.Paid.Written(record, process, Minutes.AllowedIn(outside.Configured, now, now), now);
        }

        if (trace.IsOn)
        {
            var shares = record.Shares.Select(share => $"{share.Holder} {share.Rate:F1} of {share.Want:F1}");
            var blocks = record.Blocks.Select(block => $"{block.Endpoint} until {block.Until:HH:mm:ss}");
            trace.Add(
                "budget",
                $"{write.GetType().Name}, {record.Allowed} allowed: {string.Join(", ", shares.Concat(blocks))}"
            );
        }
    }

    public void Heard(bool isSure) => outside.Paid.Heard(process, isSure, outside.World.Elapsed);
}
