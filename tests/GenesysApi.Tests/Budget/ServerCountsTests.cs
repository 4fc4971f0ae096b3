using GenesysApi.Budget;

namespace GenesysApi.Tests.Budget;

public sealed class ServerCountsTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ServerCounts _counts = new();

    [Fact]
    public void An_endpoint_with_a_smaller_limit_of_its_own_does_not_slow_the_others()
    {
        _counts.Note("conversations", Allows(300), TimeSpan.Zero);
        _counts.Note("users", Allows(60), TimeSpan.FromSeconds(10));

        Assert.Equal(300, _counts.Allowed);
    }

    [Fact]
    public void A_limit_that_was_lowered_is_heeded_when_the_window_of_the_older_answers_is_over()
    {
        _counts.Note("conversations", Allows(300), TimeSpan.Zero);
        _counts.Note("users", Allows(120), Window);

        Assert.Equal(120, _counts.Allowed);
    }

    [Fact]
    public void The_last_answer_counts_until_there_is_a_newer_one()
    {
        _counts.Note("conversations", Allows(120), TimeSpan.Zero);

        Assert.Equal(120, _counts.Allowed);
        Assert.Null(_counts.SpentUntil("conversations", streams: 3, now: 2 * Window));
        Assert.Equal(120, _counts.Allowed);
    }

    private static RateHeaders Allows(int calls) => new(Allowed: calls, Count: 1, Reset: Window);
}
