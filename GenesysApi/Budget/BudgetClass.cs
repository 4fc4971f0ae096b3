namespace GenesysApi.Budget;

/// <summary>Who asks. Live work never touches the reserve, so that a person or a redrive is not kept waiting behind a burst.</summary>
public enum BudgetClass
{
    Live,
    Operator,
}
