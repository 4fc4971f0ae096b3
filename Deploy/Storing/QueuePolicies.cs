using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SQS;
using Constructs;

namespace Deploy.Storing;

/// <summary>Every queue refuses what comes without TLS, and takes from EventBridge only what the named rules send.</summary>
internal static class QueuePolicies
{
    public static void AddTo(Construct scope, CfnResource queue, params string[] rules)
    {
        var policy = new PolicyDocument();
        policy.AddStatements(RefusePlainHttp(queue));
        if (rules.Length > 0)
        {
            policy.AddStatements(AllowRules(queue, rules));
        }

        _ = new CfnQueuePolicy(
            scope,
            $"{queue.Node.Id}Policy",
            new CfnQueuePolicyProps { Queues = [queue.Ref], PolicyDocument = policy }
        );
    }

    private static PolicyStatement RefusePlainHttp(CfnResource queue) =>
        new(
            new PolicyStatementProps
            {
                Effect = Effect.DENY,
                Principals = [new AnyPrincipal()],
                Actions = ["sqs:*"],
                Resources = [queue.GetAtt("Arn").ToString()],
                Conditions = new Dictionary<string, object>
                {
                    ["Bool"] = new Dictionary<string, object> { ["aws:SecureTransport"] = "false" },
                },
            }
        );

    private static PolicyStatement AllowRules(CfnResource queue, string[] rules) =>
        new(
            new PolicyStatementProps
            {
                Principals = [new ServicePrincipal("events.amazonaws.com")],
                Actions = ["sqs:SendMessage"],
                Resources = [queue.GetAtt("Arn").ToString()],
                Conditions = new Dictionary<string, object>
                {
                    ["ArnEquals"] = new Dictionary<string, object>
                    {
                        ["aws:SourceArn"] = rules.Select(Names.RuleArn).ToArray(),
                    },
                },
            }
        );
}
