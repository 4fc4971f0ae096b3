using GenesysMock.Limits;

namespace GenesysMock.Tests.Limits;

public sealed class FixedWindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 19, 14, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FixedWindow _window = new();

    [Fact]
    public void The_first_request_opens_it()
    {
        Request(after: 25);

        Assert.Equal(Start.AddSeconds(25), _window.Opened);
        Assert.Equal(1, _window.Count);
    }

    [Fact]
    public void It_does_not_slide()
    {
        Request(after: 0);
        Request(after: 59);

        Assert.Equal(Start, _window.Opened);
        Assert.Equal(2, _window.Count);
    }

    [Fact]
    public void A_request_after_its_end_opens_another()
    {
        Request(after: 0);
        Request(after: 60);

        Assert.Equal(Start.AddSeconds(60), _window.Opened);
        Assert.Equal(1, _window.Count);
    }

    [Theory]
    [InlineData(0, 61)]
    [InlineData(0.5, 60)]
    [InlineData(24, 37)]
    [InlineData(59.9, 1)]
    public void Reset_is_in_whole_seconds_after_which_it_is_certainly_over(double after, int seconds)
    {
        Request(after: 0);

        var now = Start.AddSeconds(after);

        Assert.Equal(seconds, _window.ResetSeconds(now));
        Assert.True(_window.IsOver(now.AddSeconds(seconds)));
    }

    private void Request(double after)
    {
        _window.Open(Start.AddSeconds(after), Minute);
        _window.CountOne();
    }
}
