using Deploy.Commands;
using Deploy.Costing;
using Testing;

namespace Deploy.Tests.Costing;

public sealed class CostTests
{
    [Fact]
    public void The_page_shows_the_table_that_the_command_writes()
    {
        var cost = Assert.IsType<Command.Cost>(CommandLine.Read(["cost"]));

        Assert.Contains(
            CostTable.Of(cost.EventsPerMonth).ReplaceLineEndings("\n"),
            File.ReadAllText(Repository.PathOf("docs", "deploy.md"))
        );
    }

    [Fact]
    public void An_event_costs_less_the_more_of_them_there_are()
    {
        var usage = Usage.Read();
        var prices = Prices.Read();

        var perMillion = new[] { 1d, 10, 100, 1_000 }.Select(millions =>
            MonthlyCost.Of(millions * 1_000_000, Shape.Default, usage, prices).Total / millions
        );

        Assert.Equal(perMillion.OrderDescending(), perMillion);
    }

    [Fact]
    public void Tables_cost_what_is_written_read_and_kept()
    {
        var usage = Usage.Read() with { EventItemKB = 0, SummaryKBPerEvent = 0 };
        var prices = Prices.Read();
        var measured = usage.Measured[0];

        var cost = MonthlyCost.Of(1_000_000, Shape.Default, usage, prices);

        Assert.Equal(
            (measured.WriteUnits * prices.WriteUnitsPerMillion) + (measured.ReadUnits * prices.ReadUnitsPerMillion),
            cost.Tables,
            precision: 6
        );
    }

    [Fact]
    public void The_Ingestor_is_paid_for_where_it_stands()
    {
        var usage = Usage.Read();
        var prices = Prices.Read();

        var native = MonthlyCost.Of(1_000_000, Shape.Default, usage, prices);
        var ingestor = MonthlyCost.Of(1_000_000, Shape.Default with { Bridge = Bridge.Ingestor }, usage, prices);

        Assert.Equal(prices.ApiDestinationCallsPerMillion, ingestor.EventBridge - native.EventBridge, precision: 6);
        Assert.True(ingestor.Running > native.Running);
        Assert.True(ingestor.Network > native.Network);
    }
}
