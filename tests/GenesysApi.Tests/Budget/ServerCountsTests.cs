using GenesysApi.Budget;

namespace GenesysApi.Tests.Budget;

public sealed class ServerCountsTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ServerCounts _counts = new();

    [Fact]
    public void An_endpoint_with_a_smaller_limit_of_its_own_does_not_speak_for_the_others()
    {
        _counts.Note("details", Allows(300), TimeSpan.Zero);
        _counts.Note("users", Allows(60), TimeSpan.FromSeconds(10));

        Assert.Equal(300, _counts.Allowed);
    }

    /// <summary>Seed 9049: the limit fell, one endpoint told so, and what another had said before it fell was believed for minutes.</summary>
    [Fact]
    public void A_limit_that_fell_at_one_endpoint_fell_at_all_that_had_the_same()
    {
        _counts.Note("details", Allows(300), TimeSpan.Zero);
        _counts.Note("users", Allows(300), TimeSpan.Zero);

        _counts.Note("details", Allows(12), TimeSpan.FromSeconds(1));

        Assert.Equal(12, _counts.Allowed);
    }

    [Fact]
    public void A_limit_that_a_new_endpoint_tells_of_is_heeded_when_the_window_of_the_older_answers_is_over()
    {
        _counts.Note("details", Allows(300), TimeSpan.Zero);
        _counts.Note("users", Allows(120), Window);

        Assert.Equal(120, _counts.Allowed);
    }

    [Fact]
    public void A_limit_that_rises_again_is_believed()
    {
        _counts.Note("details", Allows(12), TimeSpan.Zero);
        _counts.Note("users", Allows(12), TimeSpan.Zero);

        _counts.Note("details", Allows(300), Window);

        Assert.Equal(300, _counts.Allowed);
    }

    [Fact]
    public void The_last_answer_counts_until_there_is_a_newer_one()
    {
        _counts.Note("details", Allows(120), TimeSpan.Zero);

        Assert.Null(_counts.SpentUntil("details", streams: 3, now: 2 * Window));
        Assert.Equal(120, _counts.Allowed);
    }

    private static RateHeaders Allows(int calls) => new(Allowed: calls, Count: 1, Reset: Window);
}
