using System.Globalization;

namespace Deploy.Tests.Running;

/// <summary>Durations of AWS and of the services that must keep an order.</summary>
public sealed class TimeTests
{
    private static readonly TimeSpan ShutdownTimeout = Options.Duration(
        "Processor",
        "Processing.ProcessingOptions",
        "ShutdownTimeout"
    );

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void ECS_waits_longer_than_the_Processor_drains(string name) =>
        Assert.All(
            Program.In(Template.Named(name)).Where(program => program is { IsProcessor: true, IsFunction: false }),
            processor => Assert.InRange((double)processor.Json["StopTimeout"]!, ShutdownTimeout.TotalSeconds + 1, 120)
        );

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void The_balancer_looks_away_before_the_Ingestor_is_stopped_and_after_it_has_answered(string name)
    {
        var template = Template.Named(name);
        var answered = Options.Duration("Ingestor", "Sending.SendingOptions", "AnswerWithin");

        Assert.All(
            template.Of("AWS::ElasticLoadBalancingV2::TargetGroup"),
            targets =>
            {
                var ingestor = Program.In(template).Single(program => program.Name == "ingestor");
                var delay = double.Parse(
                    (string)
                        targets.Properties["TargetGroupAttributes"]!
                            .AsArray()
                            .Single(pair => (string)pair!["Key"]! == "deregistration_delay.timeout_seconds")!["Value"]!,
                    CultureInfo.InvariantCulture
                );

                Assert.InRange(delay, answered.TotalSeconds * 2, (double)ingestor.Json["StopTimeout"]!);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Messages_stay_hidden_six_times_as_long_as_the_function_may_take(string name)
    {
        var template = Template.Named(name);

        Assert.All(
            template.Of("AWS::Lambda::EventSourceMapping"),
            mapping =>
            {
                var function = template.Find("AWS::Lambda::Function", "Processor")!;
                var visibility = template.At("EventsQueue").Number("VisibilityTimeout");

                Assert.True(
                    visibility >= 6 * function.Number("Timeout") + mapping.Number("MaximumBatchingWindowInSeconds")
                );
                Assert.Equal(
                    visibility,
                    TimeSpan
                        .Parse(
                            new Program(function, "", function.Properties).Environment["Receiving__VisibilityTimeout"],
                            CultureInfo.InvariantCulture
                        )
                        .TotalSeconds
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void A_function_has_time_for_the_longest_effect_and_for_its_answer(string name)
    {
        var effect = Options.Duration("Processor", "Effects.EffectsOptions", "HandlerTimeout");
        var margin = Options.Duration("Processor", "Lambda.LambdaOptions", "AnswerMargin");

        Assert.All(
            Template
                .Named(name)
                .Of("AWS::Lambda::Function")
                .Where(function => function.Id.StartsWith("Processor", StringComparison.Ordinal)),
            function => Assert.True(function.Number("Timeout") > (effect + margin).TotalSeconds)
        );
    }

    [Fact]
    public void The_queues_are_as_the_Processor_believes()
    {
        var pipeline = Template.Pipeline();

        Assert.Equal(
            Options.Duration("Processor", "Settlement.SettlementOptions", "SourceRetention").TotalSeconds,
            pipeline.At("EventsQueue").Number("MessageRetentionPeriod")
        );
        Assert.Equal(
            Options.Duration("Processor", "Settlement.SettlementOptions", "DeadLetterRetention").TotalSeconds,
            pipeline.At("DeadLetterQueue").Number("MessageRetentionPeriod")
        );
        Assert.Equal(
            Options.Duration("Processor", "Receiving.ReceivingOptions", "VisibilityTimeout").TotalSeconds,
            pipeline.At("EventsQueue").Number("VisibilityTimeout")
        );
    }
}
