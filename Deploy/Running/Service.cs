using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Constructs;
using EcsSecret = Amazon.CDK.AWS.ECS.Secret;

namespace Deploy.Running;

/// <summary>What one Fargate service is made of.</summary>
internal sealed record ServiceDefinition(string Name, double Cpu, double MemoryMiB, TimeSpan Stop)
{
    public required Dictionary<string, string> Environment { get; init; }

    public required IReadOnlyList<PolicyStatement> Access { get; init; }

    /// <summary>The service whose image it is; most have their own.</summary>
    public string ImageOf { get; init; } = Name;

    public Dictionary<string, EcsSecret> Secrets { get; init; } = [];

    /// <summary>Nothing for a service that scaling starts and stops.</summary>
    public double? Tasks { get; init; }

    /// <summary>Lets an operator open a tunnel to it through Systems Manager; its file system is then writable, for the agent.</summary>
    public bool Tunnel { get; init; }
}

/// <summary>
/// A Fargate service in the private subnets: its container, the collector beside it, one role for what it does and one for its start.
/// </summary>
internal sealed class Service : Construct
{
    public const int Port = 8080;

    public Service(
        Construct scope,
        string id,
        Settings settings,
        Network network,
        IKey key,
        ServiceDefinition definition
    )
        : base(scope, id)
    {
        Name = definition.Name;
        Logs = new LogGroup(
            this,
            "Logs",
            new LogGroupProps
            {
                LogGroupName = Names.LogGroup(definition.Name),
                Retention = RetentionDays.ONE_MONTH,
                EncryptionKey = key,
                RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
            }
        );

        Task = new FargateTaskDefinition(
            this,
            "Task",
            new FargateTaskDefinitionProps
            {
                Family = Names.Prefixed($"genesys-{definition.Name}"),
                Cpu = definition.Cpu,
                MemoryLimitMiB = definition.MemoryMiB,
                RuntimePlatform = new RuntimePlatform
                {
                    CpuArchitecture = CpuArchitecture.X86_64,
                    OperatingSystemFamily = OperatingSystemFamily.LINUX,
                },
                TaskRole = TaskRole(definition),
                ExecutionRole = ExecutionRole(definition),
            }
        );
        AddContainers(settings, definition);

        Group = network.NewGroup(this, definition.Name);
        Fargate = new FargateService(
            this,
            "Service",
            new FargateServiceProps
            {
                Cluster = network.Cluster,
                TaskDefinition = Task,
                DesiredCount = definition.Tasks,
                AssignPublicIp = false,
                VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PRIVATE_WITH_EGRESS },
                SecurityGroups = [Group],
                // New tasks first, then the old ones drain; a release whose tasks do not stay up goes back by itself.
                MinHealthyPercent = 100,
                MaxHealthyPercent = 200,
                CircuitBreaker = new DeploymentCircuitBreaker { Rollback = true },
                PropagateTags = PropagatedTagSource.SERVICE,
            }
        );
        if (definition.Tunnel)
        {
            OpenTunnel();
        }
    }

    public string Name { get; }

    public FargateTaskDefinition Task { get; }

    public FargateService Fargate { get; }

    public SecurityGroup Group { get; }

    public LogGroup Logs { get; }

    private void AddContainers(Settings settings, ServiceDefinition definition)
    {
        var container = Task.AddContainer(
            "Main",
            new ContainerDefinitionOptions
            {
                ContainerName = definition.Name,
                Image = ContainerImage.FromRegistry(
                    Fn.Sub(
                        $"${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/{Names.Repository(definition.ImageOf)}:${{Release}}"
                    )
                ),
                Environment = Environments.Merge(definition.Environment, Collector.EnvironmentOf(definition.Name)),
                Secrets = definition.Secrets,
                Logging = LogDriver.AwsLogs(
                    new AwsLogDriverProps { LogGroup = Logs, StreamPrefix = settings.Release.ValueAsString }
                ),
                PortMappings = [new PortMapping { ContainerPort = Port }],
                StopTimeout = Duration.Seconds(definition.Stop.TotalSeconds),
                ReadonlyRootFilesystem = !definition.Tunnel,
                Essential = true,
            }
        );
        container.AddContainerDependencies(
            new ContainerDependency
            {
                Container = Collector.AddTo(Task, Logs),
                Condition = ContainerDependencyCondition.START,
            }
        );
    }

    private Role TaskRole(ServiceDefinition definition)
    {
        var role = NewRole("Role", $"What {definition.Name} may do.");
        foreach (var statement in definition.Access.Concat(Collector.Access))
        {
            role.AddToPolicy(statement);
        }

        return role;
    }

    /// <summary>What Fargate does before the container runs: fetch its image and secrets, open its log.</summary>
    private Role ExecutionRole(ServiceDefinition definition)
    {
        var role = NewRole("StartRole", $"What it takes to start {definition.Name}.");
        // A token for the registry belongs to no repository: there is nothing to name.
        role.AddToPolicy(Running.Access.Allow("*", "ecr:GetAuthorizationToken"));
        role.AddToPolicy(
            Running.Access.Allow(
                Names.RepositoryArn(definition.ImageOf),
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer"
            )
        );
        return role;
    }

    /// <summary>Not by the CDK's own switch, which lets the task write to every log group of the account.</summary>
    private void OpenTunnel()
    {
        ((CfnService)Fargate.Node.FindChild("Service")).EnableExecuteCommand = true;
        // Systems Manager's channels have no names.
        Task.AddToTaskRolePolicy(
            Running.Access.Allow(
                "*",
                "ssmmessages:CreateControlChannel",
                "ssmmessages:CreateDataChannel",
                "ssmmessages:OpenControlChannel",
                "ssmmessages:OpenDataChannel"
            )
        );
    }

    private Role NewRole(string id, string description) =>
        new(
            this,
            id,
            new RoleProps { Description = description, AssumedBy = new ServicePrincipal("ecs-tasks.amazonaws.com") }
        );
}
