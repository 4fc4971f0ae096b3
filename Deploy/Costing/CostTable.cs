using System.Globalization;
using System.Text;

namespace Deploy.Costing;

/// <summary>The costs of a month by volume, as docs/deploy.md shows them.</summary>
internal static class CostTable
{
    private static readonly Shape[] Others =
    [
        Shape.Default with
        {
            Compute = Compute.Lambda,
        },
        Shape.Default with
        {
            Bridge = Bridge.Ingestor,
        },
    ];

    public static string Of(IReadOnlyList<long> eventsPerMonth) => Of(eventsPerMonth, Usage.Read(), Prices.Read());

    private static string Of(IReadOnlyList<long> eventsPerMonth, Usage usage, Prices prices)
    {
        var table = new StringBuilder();
        Row([
            "events a month",
            "EventBridge",
            "SQS",
            "DynamoDB",
            "running",
            "network",
            "watching",
            $"**{Shape.Default.Name}**",
            .. Others.Select(shape => $"**{shape.Name}**"),
        ]);
        Row([.. Enumerable.Repeat("---:", 7 + 1 + Others.Length)]);
        foreach (var events in eventsPerMonth)
        {
            var cost = MonthlyCost.Of(events, Shape.Default, usage, prices);
            Row([
                events.ToString("N0", CultureInfo.InvariantCulture),
                Dollars(cost.EventBridge),
                Dollars(cost.Queues),
                Dollars(cost.Tables),
                Dollars(cost.Running),
                Dollars(cost.Network),
                Dollars(cost.Watching),
                $"**{Dollars(cost.Total)}**",
                .. Others.Select(shape => $"**{Dollars(MonthlyCost.Of(events, shape, usage, prices).Total)}**"),
            ]);
        }

        table.AppendLine();
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"Dollars a month, {prices.Region}, list prices of {prices.AsOf}; the columns in between are those of {Shape.Default.Name}."
        );
        return table.ToString();

        void Row(IReadOnlyList<string> cells) => table.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
    }

    private static string Dollars(double amount) =>
        amount.ToString(amount < 10 ? "N2" : "N0", CultureInfo.InvariantCulture);
}
