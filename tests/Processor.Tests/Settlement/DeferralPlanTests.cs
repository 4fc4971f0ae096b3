using Events.Redelivery;
using Processor.Receiving;
using Processor.Settlement;
using Processor.Testing.Building;
using Testing;

namespace Processor.Tests.Settlement;

/// <summary>How a message waits, as a table: for how long, how far from its receive, how old, how often received.</summary>
public sealed class DeferralPlanTests
{
    private const double Minute = 60;
    private const double Hour = 60 * Minute;
    private const double Day = 24 * Hour;

    private static readonly DateTimeOffset Now = SimulatedWorld.Start;

    [Theory]
    [InlineData(0, "hidden 0")]
    [InlineData(-60, "hidden 0")]
    [InlineData(45, "hidden 45")]
    [InlineData(15 * Minute, "hidden 900")]
    [InlineData(16 * Minute, "hidden 960")]
    [InlineData(11 * Hour, "hidden 39600")]
    [InlineData((11 * Hour) + 1, "copy 900")]
    [InlineData(12 * Hour, "copy 900")]
    [InlineData(30 * Day, "copy 900")]
    public void It_stays_hidden_for_as_long_as_visibility_allows_and_is_copied_when_it_must_wait_longer(
        double wait,
        string plan
    ) => Assert.Equal(plan, Plan(wait));

    [Theory]
    [InlineData(10 * Hour, 0, "hidden 36000")]
    [InlineData(10 * Hour, 1 * Hour, "hidden 36000")]
    [InlineData(10 * Hour, 2 * Hour, "copy 900")]
    [InlineData(1 * Minute, (11 * Hour) - 30, "copy 60")]
    public void Visibility_counts_from_the_receive_so_what_was_held_long_has_less_left(
        double wait,
        double held,
        string plan
    ) => Assert.Equal(plan, Plan(wait, held));

    [Theory]
    [InlineData(1 * Hour, 3 * Day, "hidden 3600")]
    [InlineData(1 * Hour, 3.6 * Day, "copy 900")]
    [InlineData(10 * Hour, 3.3 * Day, "copy 900")]
    [InlineData(30, 3.7 * Day, "copy 30")]
    public void What_would_outlive_the_retention_of_the_queue_is_copied_in_time(double wait, double age, string plan) =>
        Assert.Equal(plan, Plan(wait, age: age));

    [Theory]
    [InlineData(1, "hidden 30")]
    [InlineData(9, "hidden 30")]
    [InlineData(10, "copy 30")]
    [InlineData(19, "copy 30")]
    public void What_was_received_often_is_copied_before_the_redrive_policy_takes_it(int receives, string plan) =>
        Assert.Equal(plan, Plan(wait: 30, receives: receives));

    [Theory]
    [InlineData(30 * Day, 0, "hidden 39600")]
    [InlineData(30 * Day, 3.3 * Day, "copy 900")]
    [InlineData(2 * Hour, 0, "hidden 7200")]
    public void A_copy_that_knows_when_it_may_go_on_stays_hidden_for_as_long_as_it_can(
        double wait,
        double age,
        string plan
    ) => Assert.Equal(plan, Plan(wait, age: age, knowsWhen: true));

    private static string Plan(double wait, double held = 0, double age = 0, int receives = 1, bool knowsWhen = false)
    {
        var message = Builders.AMessage().ReceivedFor(times: receives).SentAt(Now - TimeSpan.FromSeconds(age));
        foreach (var (name, value) in Says(knowsWhen ? Now + TimeSpan.FromSeconds(wait) : null))
        {
            message.With(name, value);
        }

        var delivery = message.Delivered(Now - TimeSpan.FromSeconds(held), TimeSpan.FromSeconds(60));

        return DeferralPlan.For(
            delivery,
            Now + TimeSpan.FromSeconds(wait),
            Now,
            new SettlementOptions(),
            new ReceivingOptions()
        ) switch
        {
            DeferralPlan.Hide hide => $"hidden {hide.Hidden.TotalSeconds}",
            DeferralPlan.SendAgain again => $"copy {again.Delay.TotalSeconds}",
            var other => throw new InvalidOperationException($"{other}"),
        };
    }

    private static IReadOnlyDictionary<string, string> Says(DateTimeOffset? notBefore) =>
        notBefore is null
            ? new Dictionary<string, string>()
            : new DeferralAttributes { NotBefore = notBefore }.ToAttributes();
}
