namespace Deploy.Tests.Running;

public sealed class FunctionTests
{
    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void A_failed_message_is_reported_alone_and_no_more_is_fetched_than_may_run(string name)
    {
        var template = Template.Named(name);

        Assert.All(
            template.Of("AWS::Lambda::EventSourceMapping"),
            mapping =>
            {
                var function = template.Find("AWS::Lambda::Function", "Processor")!;
                var concurrency = mapping.Number("ScalingConfig", "MaximumConcurrency");

                Assert.Equal(
                    ["ReportBatchItemFailures"],
                    Expression.TextsOf(mapping.Properties["FunctionResponseTypes"])
                );
                Assert.InRange(mapping.Number("BatchSize"), 10, 10_000);
                Assert.InRange(mapping.Number("MaximumBatchingWindowInSeconds"), 1, 300);
                Assert.True(concurrency >= 2 && concurrency <= function.Number("ReservedConcurrentExecutions"));
            }
        );
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void The_Processor_brings_its_own_runtime(string name) =>
        Assert.All(
            Template.Named(name).Of("AWS::Lambda::EventSourceMapping"),
            _ =>
            {
                var function = Template.Named(name).Find("AWS::Lambda::Function", "Processor")!;

                Assert.Equal("provided.al2023", function.Text("Runtime"));
                Assert.Equal("bootstrap", function.Text("Handler"));
                Assert.Equal("${Release}/processor.zip", function.Text("Code", "S3Key"));
            }
        );
}
