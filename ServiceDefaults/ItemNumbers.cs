using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace ServiceDefaults;

/// <summary>DynamoDB's numbers travel as text, and times are kept as milliseconds since 1970.</summary>
public static class ItemNumbers
{
    public static AttributeValue Of(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    /// <returns>0 where the item has no such number.</returns>
    public static long In(IReadOnlyDictionary<string, AttributeValue> item, string name) =>
        long.Parse(item.GetValueOrDefault(name)?.N ?? "0", CultureInfo.InvariantCulture);

    /// <returns>1970 where the item has no such time.</returns>
    public static DateTimeOffset InstantIn(IReadOnlyDictionary<string, AttributeValue> item, string name) =>
        DateTimeOffset.FromUnixTimeMilliseconds(In(item, name));
}
