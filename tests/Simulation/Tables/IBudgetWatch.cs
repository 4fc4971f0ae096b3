using GenesysApi.Budget;

namespace Simulation.Tables;

/// <summary>Looks on while a process uses the table.</summary>
internal interface IBudgetWatch
{
    /// <summary>The table was asked to write this, and did or did not.</summary>
    void Written(BudgetRecord record, BudgetWrite write);

    /// <summary>The process knows that its record stands in the table, or does not know what does.</summary>
    void Heard(bool isSure);
}
