using System.Text.Json;

namespace Testing;

/// <summary>What 1,000 messages may cost, as <c>bench/budget.json</c> says: a test and the bench are held to the same file.</summary>
public sealed record CostBudget(
    double SqsRequestsPerThousand,
    double DynamoDbRequestsPerThousand,
    double WriteUnitsPerThousand,
    double? GenesysCallsPerThousand
)
{
    /// <param name="run">Whose: the limits of each run stand a hair above what it takes.</param>
    public static CostBudget Of(string run) =>
        JsonSerializer.Deserialize<Dictionary<string, CostBudget>>(
            File.ReadAllText(Repository.PathOf("bench", "budget.json")),
            JsonSerializerOptions.Web
        )![run];
}
