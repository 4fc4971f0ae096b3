using System.Text;
using System.Text.Json;

namespace Bench.Endpoints;

/// <summary>Write units by DynamoDB's rule: each item for itself, each begun kilobyte; a condition that fails is paid too.</summary>
internal static class DynamoDbUnits
{
    private const double UnitBytes = 1024;

    public static bool AreSpentBy(string operation) =>
        operation is "BatchWriteItem" or "PutItem" or "UpdateItem" or "DeleteItem";

    public static int Of(string operation, JsonElement request) =>
        operation switch
        {
            "BatchWriteItem" => request
                .GetProperty("RequestItems")
                .EnumerateObject()
                .SelectMany(table => table.Value.EnumerateArray())
                .Sum(write => OfItem(write.GetProperty("PutRequest").GetProperty("Item"))),
            "PutItem" => OfItem(request.GetProperty("Item")),
            // What the candidates update and delete are records of less than a kilobyte.
            "UpdateItem" or "DeleteItem" => 1,
            _ => 0,
        };

    public static int OfItem(JsonElement item) =>
        (int)
            Math.Ceiling(
                item.EnumerateObject().Sum(attribute => attribute.Name.Length + SizeOf(attribute.Value)) / UnitBytes
            );

    private static int SizeOf(JsonElement value)
    {
        foreach (var typed in value.EnumerateObject())
        {
            return typed.Name switch
            {
                "S" => Encoding.UTF8.GetByteCount(typed.Value.GetString()!),
                "N" => (typed.Value.GetString()!.Length / 2) + 2,
                "B" => typed.Value.GetBytesFromBase64().Length,
                _ => 1,
            };
        }

        return 0;
    }
}
