using GenesysApi.Budget;

namespace GenesysApi.Tests.Budget;

public sealed class ServerCountsTests
{
    private static readonly TimeSpan Reset = TimeSpan.FromSeconds(60);

    [Fact]
    public void An_endpoint_with_a_smaller_limit_of_its_own_does_not_speak_for_the_others()
    {
        var counts = new ServerCounts();

        counts.Note("details", new RateHeaders(1, 300, Reset), TimeSpan.Zero);
        counts.Note("users", new RateHeaders(1, 60, Reset), TimeSpan.Zero);

        Assert.Equal(300, counts.Allowed);
    }

    /// <summary>Seed 9049: the limit fell, one endpoint told so, and what another had said before it fell was believed for minutes.</summary>
    [Fact]
    public void A_limit_that_fell_at_one_endpoint_fell_at_all_that_had_the_same()
    {
        var counts = new ServerCounts();
        counts.Note("details", new RateHeaders(1, 300, Reset), TimeSpan.Zero);
        counts.Note("users", new RateHeaders(1, 300, Reset), TimeSpan.Zero);

        counts.Note("details", new RateHeaders(2, 12, Reset), TimeSpan.FromSeconds(1));

        Assert.Equal(12, counts.Allowed);
    }

    [Fact]
    public void A_limit_that_rises_again_is_believed()
    {
        var counts = new ServerCounts();
        counts.Note("details", new RateHeaders(1, 12, Reset), TimeSpan.Zero);
        counts.Note("users", new RateHeaders(1, 12, Reset), TimeSpan.Zero);

        counts.Note("details", new RateHeaders(1, 300, Reset), TimeSpan.FromMinutes(1));

        Assert.Equal(300, counts.Allowed);
    }
}
