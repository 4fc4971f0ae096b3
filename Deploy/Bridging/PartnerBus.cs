using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.SQS;
using Constructs;
using Deploy.Storing;
using RemovalPolicy = Amazon.CDK.RemovalPolicy;

namespace Deploy.Bridging;

/// <summary>
/// The bus of the partner event source, an archive of what came over it, the rules, and the queue for what no target took.
/// A bus with the source's name is what associates the source with the account.
/// </summary>
internal sealed class PartnerBus : Construct
{
    private readonly IReadOnlyList<EventRule> _rules = EventRules.Read();

    public PartnerBus(Construct scope, Settings settings)
        : base(scope, "PartnerBus")
    {
        Bus = new CfnEventBus(
            this,
            "Bus",
            new CfnEventBusProps
            {
                Name = settings.PartnerEventSource.ValueAsString,
                EventSourceName = settings.PartnerEventSource.ValueAsString,
            }
        );
        Archive = new CfnArchive(
            this,
            "Archive",
            new CfnArchiveProps
            {
                ArchiveName = Names.Prefixed(Names.Archive),
                Description = "What Genesys Cloud sent, for a replay.",
                SourceArn = Bus.AttrArn,
                RetentionDays = Durations.Archive.TotalDays,
            }
        );

        // With the key of SQS itself: what goes wrong with ours, its policy included, must not take the last resort with it.
        Undelivered = new CfnQueue(
            this,
            "UndeliveredQueue",
            new CfnQueueProps
            {
                QueueName = Names.Prefixed(Names.UndeliveredQueue),
                MessageRetentionPeriod = TimeSpan.FromDays(14).TotalSeconds,
                SqsManagedSseEnabled = true,
                RedriveAllowPolicy = new Dictionary<string, object> { ["redrivePermission"] = "denyAll" },
            }
        );
        Undelivered.OverrideLogicalId("UndeliveredQueue");
        Undelivered.ApplyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
        QueuePolicies.AddTo(this, Undelivered, RuleNames);
    }

    public CfnEventBus Bus { get; }

    public CfnArchive Archive { get; }

    public CfnQueue Undelivered { get; }

    public string[] RuleNames => [.. _rules.Select(rule => rule.Name)];

    /// <summary>Each rule with the one target, which never drops an event: a day of tries, and then the undelivered queue.</summary>
    /// <param name="target">Its ARN, and its role where it needs one.</param>
    public void SendTo(CfnRule.TargetProperty target)
    {
        foreach (var rule in _rules)
        {
            _ = new CfnRule(
                this,
                $"Rule-{rule.Name}",
                new CfnRuleProps
                {
                    Name = Names.Prefixed(rule.Name),
                    Description = rule.Description,
                    EventBusName = Bus.AttrName,
                    EventPattern = JsonValues.From(rule.Pattern),
                    Targets = new[]
                    {
                        new CfnRule.TargetProperty
                        {
                            Id = target.Id,
                            Arn = target.Arn,
                            RoleArn = target.RoleArn,
                            // The most EventBridge offers; it retries with back-off over this time, whatever the number says.
                            RetryPolicy = new CfnRule.RetryPolicyProperty
                            {
                                MaximumEventAgeInSeconds = TimeSpan.FromHours(24).TotalSeconds,
                                MaximumRetryAttempts = 185,
                            },
                            DeadLetterConfig = new CfnRule.DeadLetterConfigProperty { Arn = Undelivered.AttrArn },
                        },
                    },
                }
            );
        }
    }
}
