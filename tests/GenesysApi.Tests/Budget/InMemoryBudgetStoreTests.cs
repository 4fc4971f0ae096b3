using GenesysApi.Budget;
using GenesysApi.Tests.Simulated;

namespace GenesysApi.Tests.Budget;

public sealed class InMemoryBudgetStoreTests : BudgetStoreContract
{
    protected override IBudgetStore Store { get; } = new InMemoryBudgetStore();
}
