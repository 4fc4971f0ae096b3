using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Deploy.Running;
using Deploy.Storing;
using Deploy.Watching;

namespace Deploy.Redriving;

/// <summary>The state machine of redrive.asl.json, and the function that carries its tasks to Operations.</summary>
internal sealed class RedriveMachine : Construct
{
    public RedriveMachine(
        Construct scope,
        Network network,
        Store store,
        OperationsService operations,
        AlarmBoard alarms
    )
        : base(scope, "Redrive")
    {
        var call = OperationsCall(network, store, operations);
        var role = new Role(
            this,
            "Role",
            new RoleProps
            {
                Description = "What the redrive may do.",
                AssumedBy = new ServicePrincipal("states.amazonaws.com"),
            }
        );
        role.AddToPolicy(Running.Access.Allow(call.FunctionArn, "lambda:InvokeFunction"));
        role.AddToPolicy(Running.Access.Allow(alarms.Topic.Ref, "sns:Publish"));
        role.AddToPolicy(Running.Access.Allow(store.Key.KeyArn, "kms:Decrypt", "kms:GenerateDataKey"));

        Machine = new CfnStateMachine(
            this,
            "Machine",
            new CfnStateMachineProps
            {
                StateMachineType = "STANDARD",
                RoleArn = role.RoleArn,
                DefinitionString = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "redrive.asl.json")),
                DefinitionSubstitutions = new Dictionary<string, string>
                {
                    ["OperationsCall"] = call.FunctionArn,
                    ["Alarms"] = alarms.Topic.Ref,
                },
            }
        );
        // A role without its policy makes the first execution fail.
        Machine.Node.AddDependency(role);
        alarms.Add([
            new(
                "RedriveFailed",
                "A redrive of dead letters failed or took more than its six hours; its history says where it was.",
                new MathExpression(
                    new MathExpressionProps
                    {
                        Expression = "FILL(failed, 0) + FILL(late, 0)",
                        UsingMetrics = new Dictionary<string, IMetric>
                        {
                            ["failed"] = Executions("ExecutionsFailed"),
                            ["late"] = Executions("ExecutionsTimedOut"),
                        },
                        Period = Measured.Minute,
                        Label = "Redrives that did not end well",
                    }
                ),
                0,
                1
            ),
        ]);
    }

    public CfnStateMachine Machine { get; }

    private Metric Executions(string metric) =>
        Measured.Of("AWS/States", metric, new() { ["StateMachineArn"] = Machine.Ref }, "Sum");

    private Function OperationsCall(Network network, Store store, OperationsService operations)
    {
        var logs = new LogGroup(
            this,
            "Logs",
            new LogGroupProps
            {
                LogGroupName = Names.LogGroup(Names.OperationsCall),
                Retention = RetentionDays.ONE_MONTH,
                EncryptionKey = store.Key,
                RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
            }
        );
        var group = network.NewGroup(this, "the function that calls Operations");
        var port = Port.Tcp(Running.Service.Port);
        group.AddEgressRule(operations.Service.Group, port, "Operations");
        operations.Service.Group.AddIngressRule(group, port, "The state machine's function");

        return new Function(
            this,
            "OperationsCall",
            new FunctionProps
            {
                Description = "Carries the tasks of the redrive to Operations.",
                Runtime = new Runtime(
                    "nodejs22.x",
                    RuntimeFamily.NODEJS,
                    new LambdaRuntimeProps { SupportsInlineCode = true }
                ),
                Handler = "index.handler",
                Code = Code.FromInline(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "operations-call.js"))),
                Timeout = Duration.Seconds(29),
                LogGroup = logs,
                Role = CallRole(operations),
                Vpc = network.Vpc,
                VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PRIVATE_WITH_EGRESS },
                SecurityGroups = [group],
                Environment = new Dictionary<string, string>
                {
                    ["OPERATIONS_URL"] = OperationsService.Address,
                    ["OPERATIONS_TOKEN"] = operations.Token.SecretArn,
                },
                EnvironmentEncryption = store.Key,
            }
        );
    }

    private Role CallRole(OperationsService operations)
    {
        var role = new Role(
            this,
            "CallRole",
            new RoleProps
            {
                Description = "What the function that calls Operations may do.",
                AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
            }
        );
        role.AddToPolicy(Running.Access.Allow(operations.Token.SecretArn, "secretsmanager:GetSecretValue"));
        role.AddToPolicy(
            Running.Access.Allow(
                $"{Names.LogGroupArn(Names.OperationsCall)}:log-stream:*",
                "logs:CreateLogStream",
                "logs:PutLogEvents"
            )
        );
        // A function in a network brings its own interfaces; EC2 knows no resource for these before they are there.
        role.AddToPolicy(
            Running.Access.Allow(
                "*",
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:DescribeNetworkInterfaces"
            )
        );
        return role;
    }
}
