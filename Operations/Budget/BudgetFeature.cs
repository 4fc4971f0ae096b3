using GenesysApi.Budget;

namespace Operations.Budget;

internal static class BudgetFeature
{
    public static void AddBudget(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<BudgetTable>();

    public static void MapBudget(this IEndpointRouteBuilder api) =>
        api.MapGet("/budget", ReadAsync)
            .WithTags("Budget")
            .WithSummary(
                "Per OAuth client: what the API allows, what is used, who holds which share, what is blocked."
            );

    private static async Task<IReadOnlyList<BudgetRecord>> ReadAsync(
        BudgetTable budgets,
        CancellationToken cancellationToken
    ) => await budgets.ReadAsync(cancellationToken);
}
