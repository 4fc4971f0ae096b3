namespace Deploy.Tests.Running;

public sealed class ScalingTests
{
    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Tasks_follow_their_backlog_without_what_the_budget_holds_back(string name)
    {
        var slots = Options.Number("Processor", "Receiving.ReceivingOptions", "Slots");

        Assert.All(
            Template
                .Named(name)
                .Of("AWS::ApplicationAutoScaling::ScalingPolicy")
                .Where(policy => policy.Id.StartsWith("Processor", StringComparison.Ordinal)),
            policy =>
            {
                var metrics = policy
                    .At("TargetTrackingScalingPolicyConfiguration", "CustomizedMetricSpecification", "Metrics")!
                    .AsArray();

                var returned = Assert.Single(metrics, metric => (bool)metric!["ReturnData"]!);
                Assert.Equal(
                    $"(visible + IF(inFlight > tasks * {slots}, tasks * {slots}, inFlight)) / tasks",
                    (string)returned!["Expression"]!
                );
                Assert.Equal(
                    ["visible", "inFlight", "tasks"],
                    metrics.Where(metric => !(bool)metric!["ReturnData"]!).Select(metric => (string)metric!["Id"]!)
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void A_release_that_does_not_stay_up_goes_back_and_none_takes_tasks_away_first(string name) =>
        Assert.All(
            Template.Named(name).Of("AWS::ECS::Service"),
            service =>
            {
                Assert.Equal("true", service.Text("DeploymentConfiguration", "DeploymentCircuitBreaker", "Rollback"));
                Assert.Equal(100, service.Number("DeploymentConfiguration", "MinimumHealthyPercent"));
            }
        );
}
