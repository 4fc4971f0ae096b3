using Amazon.CDK;
using Constructs;

namespace Deploy;

/// <summary>What differs from account to account: the parameters of the template. Its secrets are not among them, only where they are.</summary>
internal sealed class Settings : Construct
{
    public Settings(Construct scope, Shape shape)
        : base(scope, "Settings")
    {
        PartnerEventSource = Text(
            "PartnerEventSource",
            "The partner event source, as Genesys Cloud's EventBridge integration made it: aws.partner/genesys.com/cloud/{organisation}/{suffix}.",
            pattern: @"aws\.partner/genesys\.com(\.test)?/cloud/[0-9a-f-]{36}/[A-Za-z0-9._-]{1,64}"
        );
        Release = Text(
            "Release",
            "The tag of the images and the folder of the Lambda package. To roll back, give the one before.",
            pattern: "[A-Za-z0-9._-]{1,100}"
        );
        GenesysDomain = Text(
            "GenesysDomain",
            "The domain of the organisation's region, such as mypurecloud.de or usw2.pure.cloud.",
            pattern: "[a-z0-9.-]{4,60}"
        );
        GenesysCredentials = Text(
            "GenesysCredentials",
            "The ARN of a secret with the OAuth client: {\"clientId\":\"...\",\"clientSecret\":\"...\"}.",
            pattern: "arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+"
        );
        RequestsPerMinute = Number(
            "GenesysRequestsPerMinute",
            "What the platform allows the OAuth client. It is 300 unless a support case raised it.",
            300,
            min: 10,
            max: 30_000
        );
        AlarmEmail = Text("AlarmEmail", "Who is told of alarms; empty for nobody.", "", "([^@ ]+@[^@ ]+)?");

        if (shape.Compute == Compute.Fargate)
        {
            ProcessorTasksMin = Number("ProcessorTasksMin", "In two zones, from two on.", 2, min: 1, max: 50);
            ProcessorTasksMax = Number(
                "ProcessorTasksMax",
                "Also how many parts the API's budget is cut into while its table is away.",
                10,
                min: 1,
                max: 50
            );
        }

        if (shape.Bridge == Bridge.Ingestor)
        {
            IngestorHost = Text(
                "IngestorHost",
                "The host name under which EventBridge calls the Ingestor; point it at the output IngestorBalancer.",
                pattern: "[a-z0-9.-]{4,253}"
            );
            IngestorCertificate = Text(
                "IngestorCertificate",
                "The ARN of the certificate (ACM) of that host.",
                pattern: "arn:[a-z-]+:acm:.+"
            );
            IngestorRequestsPerSecond = Number(
                "IngestorRequestsPerSecond",
                "Beyond it EventBridge holds events back, for up to a day.",
                300,
                min: 1,
                max: 10_000
            );
        }
    }

    public CfnParameter PartnerEventSource { get; }

    public CfnParameter Release { get; }

    public CfnParameter GenesysDomain { get; }

    public CfnParameter GenesysCredentials { get; }

    public CfnParameter RequestsPerMinute { get; }

    public CfnParameter AlarmEmail { get; }

    public CfnParameter? ProcessorTasksMin { get; }

    public CfnParameter? ProcessorTasksMax { get; }

    public CfnParameter? IngestorHost { get; }

    public CfnParameter? IngestorCertificate { get; }

    public CfnParameter? IngestorRequestsPerSecond { get; }

    private CfnParameter Text(string name, string description, string? fallback = null, string? pattern = null) =>
        Named(
            name,
            new CfnParameterProps
            {
                Type = "String",
                Description = description,
                Default = fallback,
                AllowedPattern = pattern,
            }
        );

    private CfnParameter Number(string name, string description, double fallback, double min, double max) =>
        Named(
            name,
            new CfnParameterProps
            {
                Type = "Number",
                Description = description,
                Default = fallback,
                MinValue = min,
                MaxValue = max,
            }
        );

    /// <summary>A parameter is part of how people call the template: its name is not to be one that CDK makes up.</summary>
    private CfnParameter Named(string name, CfnParameterProps props)
    {
        var parameter = new CfnParameter(this, name, props);
        parameter.OverrideLogicalId(name);
        return parameter;
    }
}
