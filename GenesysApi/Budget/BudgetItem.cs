using System.Collections.Immutable;
using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace GenesysApi.Budget;

using Attributes = Dictionary<string, AttributeValue>;

/// <summary>The shared record as an item. The block of the whole API stands at the top, where a reader looks for it.</summary>
public static class BudgetItem
{
    public const string Key = "budget";
    public const string Version = "version";

    /// <summary>A budget nobody used for a day is forgotten; the next holder starts it anew.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public static Attributes From(BudgetRecord record, DateTimeOffset now)
    {
        var item = new Attributes
        {
            [Key] = Text(record.Budget),
            [Version] = Number(record.Version),
            ["allowed"] = Number(record.Allowed),
            ["reserve"] = Number(record.Reserve),
            ["windowStart"] = Instant(record.WindowStart),
            ["used"] = Number(record.Used),
            ["shares"] = Map(record.Shares, share => $"{share.Holder}/{share.Class}", ShareItem),
            ["blocks"] = Map(record.Blocks, block => block.Endpoint, BlockItem),
            ["expires"] = Number((now + Kept).ToUnixTimeSeconds()),
        };
        if (record.Blocks.FirstOrDefault(block => block.Endpoint == BudgetBlock.Everything) is { } everything)
        {
            item["blockedUntil"] = Instant(everything.Until);
            item["blockedBy"] = Text(everything.By);
        }

        return item;
    }

    public static BudgetRecord ToRecord(Attributes item) =>
        new()
        {
            Budget = item[Key].S,
            Version = Long(item, Version),
            Allowed = (int)Long(item, "allowed"),
            Reserve = (int)Long(item, "reserve"),
            WindowStart = Instant(item, "windowStart"),
            Used = (int)Long(item, "used"),
            Shares = [.. Entries(item, "shares").Select(entry => ToShare(entry.Key, entry.Value.M))],
            Blocks = [.. Entries(item, "blocks").Select(entry => ToBlock(entry.Key, entry.Value.M))],
        };

    private static Attributes ShareItem(BudgetShare share) =>
        new()
        {
            ["rate"] = Number(share.Rate),
            ["want"] = Number(share.Want),
            ["limit"] = Number(share.Limit),
            ["until"] = Instant(share.Until),
        };

    private static BudgetShare ToShare(string key, Attributes share)
    {
        var slash = key.LastIndexOf('/');
        return new BudgetShare(
            key[..slash],
            Enum.Parse<BudgetClass>(key.AsSpan(slash + 1)),
            Double(share, "rate"),
            Double(share, "want"),
            (int)Long(share, "limit"),
            Instant(share, "until")
        );
    }

    private static Attributes BlockItem(BudgetBlock block) =>
        new() { ["until"] = Instant(block.Until), ["by"] = Text(block.By) };

    private static BudgetBlock ToBlock(string endpoint, Attributes block) =>
        new(endpoint, Instant(block, "until"), block["by"].S);

    private static AttributeValue Map<T>(ImmutableArray<T> entries, Func<T, string> key, Func<T, Attributes> value) =>
        new() { M = entries.ToDictionary(key, entry => new AttributeValue { M = value(entry) }), IsMSet = true };

    private static Attributes Entries(Attributes item, string name) =>
        item.TryGetValue(name, out var map) ? map.M ?? [] : [];

    private static AttributeValue Text(string text) => new() { S = text };

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private static AttributeValue Number(double number) =>
        new() { N = number.ToString("F4", CultureInfo.InvariantCulture) };

    private static AttributeValue Instant(DateTimeOffset time) => Number(time.ToUnixTimeMilliseconds());

    private static long Long(Attributes item, string name) => long.Parse(item[name].N, CultureInfo.InvariantCulture);

    private static double Double(Attributes item, string name) =>
        double.Parse(item[name].N, CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(Attributes item, string name) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Long(item, name));
}
