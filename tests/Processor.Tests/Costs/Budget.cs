using System.Text.Json;
using Testing;

namespace Processor.Tests.Costs;

/// <summary>What 1,000 events may cost, as <c>bench/budget.json</c> says: the bench holds the built program to the same file.</summary>
internal sealed record Budget(
    double SqsRequestsPerThousand,
    double DynamoDbRequestsPerThousand,
    double WriteUnitsPerThousand,
    double DollarsPerMillion
)
{
    public static Budget Read() =>
        JsonSerializer.Deserialize<Budget>(
            File.ReadAllText(Repository.PathOf("bench", "budget.json")),
            JsonSerializerOptions.Web
        )!;
}
