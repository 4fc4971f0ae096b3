using Operations.Overview;

namespace Operations.Tests.Overview;

public sealed class CountedTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 19, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_line_is_name_labels_and_value()
    {
        var readings = PrometheusText.Read(
            "# TYPE genesys_outcomes_total counter\ngenesys_outcomes_total{outcome=\"deferred\",reason=\"say \\\"x\\\"\"} 12\ngenesys_up 1\n\nnonsense line here\n"
        );

        Assert.Equal(2, readings.Count);
        Assert.True(readings[0].Has("outcome", "deferred"));
        Assert.Equal(12, readings[0].Value);
    }

    [Fact]
    public void A_replica_that_comes_or_starts_again_makes_no_jump()
    {
        var before = Of(Now, ("a", 100), ("b", 500));
        var after = Of(Now.AddSeconds(2), ("a", 110), ("b", 3), ("c", 9_000));

        Assert.Equal(5, after.PerSecond(before, "genesys_events_recorded_total"));
    }

    [Fact]
    public void What_nobody_tells_is_not_known() =>
        Assert.Null(Of(Now).PerSecond(Of(Now.AddSeconds(-2)), "genesys_events_recorded_total"));

    private static Counted Of(DateTimeOffset at, params (string Instance, double Recorded)[] instances) =>
        new(
            at,
            instances.ToDictionary(
                one => one.Instance,
                one =>
                    (IReadOnlyList<Reading>)
                        [new Reading("genesys_events_recorded_total", new Dictionary<string, string>(), one.Recorded)]
            ),
            instances.ToDictionary(one => one.Instance, _ => "processor")
        );
}
