using Ingestor.Sending;
using Testing;

namespace Ingestor.Tests.Sending;

public sealed class CrowdTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Those_who_just_left_are_expected_back()
    {
        var crowd = new Crowd(_clock);
        crowd.Enter();
        crowd.Enter();
        crowd.Leave();
        crowd.Leave();

        Assert.Equal(2, crowd.Expected);
    }

    [Fact]
    public void Those_who_left_long_ago_are_forgotten()
    {
        var crowd = new Crowd(_clock);
        crowd.Enter();
        crowd.Enter();
        crowd.Leave();
        _clock.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal(1, crowd.Expected);
    }

    [Fact]
    public void A_peak_is_remembered_for_one_more_window()
    {
        var crowd = new Crowd(_clock);
        crowd.Enter();
        crowd.Enter();
        crowd.Leave();
        _clock.Advance(TimeSpan.FromMilliseconds(150));
        crowd.Enter();
        crowd.Leave();
        var inTheNext = crowd.Expected;
        _clock.Advance(TimeSpan.FromMilliseconds(150));

        Assert.Equal(2, inTheNext);
        Assert.Equal(2, crowd.Expected);
    }
}
