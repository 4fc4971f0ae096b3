using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Constructs;
using Deploy.Storing;

namespace Deploy.Watching;

/// <summary>One thing a person must look at.</summary>
/// <param name="What">What it means and what to do first; it is the text of the message.</param>
/// <param name="Above">The alarm is raised above this...</param>
/// <param name="Minutes">...for so many minutes.</param>
internal sealed record AlarmDefinition(string Name, string What, IMetric Metric, double Above, double Minutes);

/// <summary>The alarms, and the topic that tells of them.</summary>
internal sealed class AlarmBoard : Construct
{
    private readonly List<Alarm> _alarms = [];

    public AlarmBoard(Construct scope, Settings settings, Store store)
        : base(scope, "Alarms")
    {
        Topic = new CfnTopic(
            this,
            "Topic",
            new CfnTopicProps { TopicName = Names.Prefixed(Names.Alarms), KmsMasterKeyId = store.Key.KeyArn }
        );
        var told = new CfnCondition(
            this,
            "SomebodyIsTold",
            new CfnConditionProps
            {
                Expression = Fn.ConditionNot(Fn.ConditionEquals(settings.AlarmEmail.ValueAsString, "")),
            }
        );
        var subscription = new CfnSubscription(
            this,
            "Email",
            new CfnSubscriptionProps
            {
                TopicArn = Topic.Ref,
                Protocol = "email",
                Endpoint = settings.AlarmEmail.ValueAsString,
            }
        );
        subscription.CfnOptions.Condition = told;
        _ = new CfnTopicPolicy(
            this,
            "TopicPolicy",
            new CfnTopicPolicyProps { Topics = [Topic.Ref], PolicyDocument = AlarmsMayPublish() }
        );
    }

    public CfnTopic Topic { get; }

    public IReadOnlyList<Alarm> Alarms => _alarms;

    public void Add(IEnumerable<AlarmDefinition> definitions)
    {
        foreach (var definition in definitions)
        {
            _alarms.Add(Raise(definition));
        }
    }

    private Alarm Raise(AlarmDefinition definition)
    {
        var alarm = new Alarm(
            this,
            definition.Name,
            new AlarmProps
            {
                AlarmDescription = definition.What,
                Metric = definition.Metric,
                ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
                Threshold = definition.Above,
                EvaluationPeriods = definition.Minutes,
                // Services that have nothing to say send no zeros.
                TreatMissingData = TreatMissingData.NOT_BREACHING,
            }
        );
        var resource = (CfnAlarm)alarm.Node.DefaultChild!;
        resource.AlarmActions = [Topic.Ref];
        resource.OkActions = [Topic.Ref];
        return alarm;
    }

    private PolicyDocument AlarmsMayPublish()
    {
        var statement = new PolicyStatement(
            new PolicyStatementProps
            {
                Principals = [new ServicePrincipal("cloudwatch.amazonaws.com")],
                Actions = ["sns:Publish"],
                Resources = [Topic.Ref],
            }
        );
        statement.AddCondition(
            "StringEquals",
            new Dictionary<string, object> { ["aws:SourceAccount"] = Aws.ACCOUNT_ID }
        );
        return new PolicyDocument(new PolicyDocumentProps { Statements = [statement] });
    }
}
