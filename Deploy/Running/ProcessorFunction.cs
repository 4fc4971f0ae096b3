using System.Globalization;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Constructs;
using Deploy.Storing;

namespace Deploy.Running;

/// <summary>The Processor as a Lambda function with a runtime of its own: the same program, self-contained, behind the Runtime API.</summary>
internal sealed class ProcessorFunction : Construct
{
    /// <summary>As many batches at once as half a dozen tasks would have under way.</summary>
    public const double ConcurrencyMax = 10;

    /// <summary>100 events of 2 KB are far from the 6 MB an invocation takes, and are four BatchWriteItem calls at once.</summary>
    public const double BatchSize = 100;

    /// <summary>Each of its processes may call the API, and so does the one that enriches.</summary>
    public static readonly string Replicas = string.Create(CultureInfo.InvariantCulture, $"{ConcurrencyMax + 1}");

    public ProcessorFunction(Construct scope, Settings settings, Store store)
        : base(scope, "Processor")
    {
        Logs = new LogGroup(
            this,
            "Logs",
            new LogGroupProps
            {
                LogGroupName = Names.LogGroup(Names.Processor),
                Retention = RetentionDays.ONE_MONTH,
                EncryptionKey = store.Key,
                RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
            }
        );
        Function = new Function(
            this,
            "Function",
            new FunctionProps
            {
                Description = "Records events from Genesys Cloud.",
                Runtime = Runtime.PROVIDED_AL2023,
                Architecture = Architecture.X86_64,
                Handler = "bootstrap",
                Code = Code.FromBucket(
                    Bucket.FromBucketName(this, "Packages", Names.PackageBucket),
                    Fn.Sub("${Release}/processor.zip")
                ),
                // Processors come with memory: at this size it is a little more than one.
                MemorySize = 1792,
                Timeout = Duration.Seconds(Durations.Function.TotalSeconds),
                ReservedConcurrentExecutions = ConcurrencyMax,
                LogGroup = Logs,
                Role = NewRole(store, Logs),
                Environment = Environments.Merge(
                    Environments.OfProcessor(store, settings, Replicas),
                    new()
                    {
                        ["Receiving__VisibilityTimeout"] = Durations.LambdaVisibility.ToString(),
                        ["Genesys__ClientId"] = Reference("clientId"),
                        ["Genesys__ClientSecret"] = Reference("clientSecret"),
                    }
                ),
                EnvironmentEncryption = store.Key,
            }
        );
        _ = new CfnEventSourceMapping(
            this,
            "Events",
            new CfnEventSourceMappingProps
            {
                FunctionName = Function.FunctionArn,
                EventSourceArn = store.EventsQueue.GetAtt("Arn").ToString(),
                BatchSize = BatchSize,
                MaximumBatchingWindowInSeconds = Durations.FunctionWindow.TotalSeconds,
                FunctionResponseTypes = ["ReportBatchItemFailures"],
                ScalingConfig = new CfnEventSourceMapping.ScalingConfigProperty { MaximumConcurrency = ConcurrencyMax },
            }
        );
    }

    public Function Function { get; }

    public LogGroup Logs { get; }

    /// <summary>
    /// Lambda reads no secret itself. CloudFormation resolves the reference when it deploys; the value is then in the function's
    /// environment, encrypted with our key, and in no template.
    /// </summary>
    private static string Reference(string field) =>
        Fn.Sub($"{{{{resolve:secretsmanager:${{GenesysCredentials}}:SecretString:{field}}}}}");

    private Role NewRole(Store store, LogGroup logs)
    {
        var role = new Role(
            this,
            "Role",
            new RoleProps
            {
                Description = "What the processor may do.",
                AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
            }
        );
        foreach (var statement in Access.OfFunction(store))
        {
            role.AddToPolicy(statement);
        }

        // Log streams are named by Lambda.
        role.AddToPolicy(
            Access.Allow(
                $"{Names.LogGroupArn(Names.Processor)}:log-stream:*",
                "logs:CreateLogStream",
                "logs:PutLogEvents"
            )
        );
        return role;
    }
}
