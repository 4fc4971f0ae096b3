namespace Deploy.Tests.Storing;

public sealed class QueueTests
{
    private const string Queue = "AWS::SQS::Queue";

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Every_queue_has_a_policy_that_refuses_what_comes_without_TLS(string name)
    {
        var template = Template.Named(name);

        var refused = Statement
            .In(template)
            .Where(statement => !statement.Allows && statement.Condition.Contains("aws:SecureTransport"))
            .SelectMany(statement => Expression.TextsOf(statement.Of.Properties["Queues"]));

        Assert.Equal(template.Of(Queue).Select(queue => $"${{{queue.Id}}}").Order(), refused.Order());
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Every_queue_says_where_its_dead_letters_go_or_whose_it_takes(string name) =>
        Assert.All(
            Template.Named(name).Of(Queue),
            queue =>
                Assert.True(queue.At("RedrivePolicy") is null != queue.At("RedriveAllowPolicy") is null, $"{queue}")
        );

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void A_dead_letter_queue_takes_from_its_source_alone_and_keeps_longer(string name)
    {
        var template = Template.Named(name);

        Assert.All(
            template.Of(Queue).Where(queue => queue.At("RedrivePolicy") is not null),
            source =>
            {
                var target = source.Text("RedrivePolicy", "deadLetterTargetArn")!;
                var deadLetters = template.At(target[2..target.IndexOf('.', StringComparison.Ordinal)]);

                var sources = Expression.TextsOf(deadLetters.At("RedriveAllowPolicy", "sourceQueueArns"));
                Assert.EndsWith($":{source.Text("QueueName")}", Assert.Single(sources));
                Assert.True(
                    deadLetters.Number("MessageRetentionPeriod") > source.Number("MessageRetentionPeriod"),
                    $"{deadLetters}"
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Every_queue_is_encrypted_and_the_last_resort_by_a_key_that_no_policy_of_ours_can_lock(string name)
    {
        var template = Template.Named(name);

        Assert.All(
            template.Of(Queue).Where(queue => queue.Id != "UndeliveredQueue"),
            queue => Assert.NotNull(queue.At("KmsMasterKeyId"))
        );
        Assert.Equal("true", template.At("UndeliveredQueue").Text("SqsManagedSseEnabled"));
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void The_key_lets_EventBridge_encrypt_for_the_events_queue(string name)
    {
        var template = Template.Named(name);

        var events = Assert.Single(
            Statement.In(template),
            statement => statement.Of.Type == "AWS::KMS::Key" && statement.Services.Contains("events.amazonaws.com")
        );

        Assert.Equal(["kms:Decrypt", "kms:GenerateDataKey"], events.Actions);
        Assert.Contains("aws:sqs:arn", events.Condition);
        Assert.Contains($":{template.At("EventsQueue").Text("QueueName")}\"", events.Condition);
    }

    [Theory]
    [MemberData(nameof(Template.Systems), MemberType = typeof(Template))]
    public void Nothing_that_cannot_be_had_again_goes_with_the_stack(string name)
    {
        var template = Template.Named(name);
        string[] kept =
        [
            "DeadLetterQueue",
            "EnrichmentDeadLetterQueue",
            "UndeliveredQueue",
            "EventsTable",
            "ClaimsTable",
            "ConversationsTable",
            "DeadLettersTable",
            "OperationsTable",
            template.Of("AWS::KMS::Key").Single().Id,
        ];

        Assert.All(
            kept,
            id =>
            {
                Assert.Equal("RetainExceptOnCreate", (string?)template.At(id).Json["DeletionPolicy"]);
                Assert.Equal("Retain", (string?)template.At(id).Json["UpdateReplacePolicy"]);
            }
        );
    }
}
