using System.Text.Json;
using Testing;

namespace Bench.Counting;

/// <summary>What 1,000 events may cost; a test of the Processor reads the same file.</summary>
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
