using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;

namespace Deploy.Storing;

/// <summary>
/// The key of everything that holds events: queues, tables, logs. Its policy names who may use it for what, by names and not by
/// references, since those resources need the key before they exist.
/// </summary>
internal static class StoreKey
{
    /// <summary>What the account may do with the key, and so whoever its own IAM policies let; spelled out, as kms:* would be a wildcard.</summary>
    private static readonly string[] Administration =
    [
        "kms:CancelKeyDeletion",
        "kms:CreateAlias",
        "kms:CreateGrant",
        "kms:Decrypt",
        "kms:DeleteAlias",
        "kms:DescribeKey",
        "kms:DisableKey",
        "kms:DisableKeyRotation",
        "kms:EnableKey",
        "kms:EnableKeyRotation",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
        "kms:GetKeyPolicy",
        "kms:GetKeyRotationStatus",
        "kms:ListGrants",
        "kms:ListKeyPolicies",
        "kms:ListKeyRotations",
        "kms:ListResourceTags",
        "kms:PutKeyPolicy",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
        "kms:RetireGrant",
        "kms:RevokeGrant",
        "kms:RotateKeyOnDemand",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateAlias",
        "kms:UpdateKeyDescription",
    ];

    public static Key AddTo(Construct scope) =>
        new(
            scope,
            "Key",
            new KeyProps
            {
                Description = "Queues, tables and logs of the pipeline from Genesys Cloud events.",
                EnableKeyRotation = true,
                RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
                Policy = new PolicyDocument(
                    new PolicyDocumentProps { Statements = [Administrators(), Events(), Alarms(), Logs()] }
                ),
            }
        );

    private static PolicyStatement Administrators() => Allow(new AccountRootPrincipal(), Administration);

    /// <summary>
    /// Without it every event is lost in silence. Limited to our queues by what SQS encrypts for. Not by aws:SourceArn: AWS documents
    /// that key as missing for encrypted SNS topics and says nothing of SQS; who may send is the queue policy's business.
    /// </summary>
    private static PolicyStatement Events() =>
        For(
            new ServicePrincipal("events.amazonaws.com"),
            ["kms:Decrypt", "kms:GenerateDataKey"],
            "kms:EncryptionContext:aws:sqs:arn",
            [Names.QueueArn(Names.EventsQueue)]
        );

    private static PolicyStatement Alarms() =>
        For(
            new ServicePrincipal("cloudwatch.amazonaws.com"),
            ["kms:Decrypt", "kms:GenerateDataKey"],
            "kms:EncryptionContext:aws:sns:topicArn",
            [Names.TopicArn(Names.Alarms)]
        );

    private static PolicyStatement Logs() =>
        For(
            new ServicePrincipal(Fn.Sub("logs.${AWS::Region}.${AWS::URLSuffix}")),
            [
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo",
            ],
            "kms:EncryptionContext:aws:logs:arn",
            [.. Names.LogGroups.Select(Names.LogGroupArn)]
        );

    private static PolicyStatement For(IPrincipal who, string[] actions, string context, string[] arns)
    {
        var statement = Allow(who, actions);
        statement.AddCondition("ArnEquals", new Dictionary<string, object> { [context] = arns });
        return statement;
    }

    /// <summary>In a key's policy, * is this key and nothing else.</summary>
    private static PolicyStatement Allow(IPrincipal who, string[] actions) =>
        new(
            new PolicyStatementProps
            {
                Principals = [who],
                Actions = actions,
                Resources = ["*"],
            }
        );
}
