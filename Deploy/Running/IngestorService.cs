using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;
using Deploy.Storing;
using EcsSecret = Amazon.CDK.AWS.ECS.Secret;
using ElbHealthCheck = Amazon.CDK.AWS.ElasticLoadBalancingV2.HealthCheck;
using EnableScalingProps = Amazon.CDK.AWS.ApplicationAutoScaling.EnableScalingProps;

namespace Deploy.Running;

/// <summary>
/// The Ingestor on Fargate behind a load balancer, the one thing that the internet can reach: EventBridge calls from addresses it
/// does not tell. TLS ends at the balancer; the API key is checked by the Ingestor.
/// </summary>
internal sealed class IngestorService : Construct
{
    public IngestorService(Construct scope, Settings settings, Network network, Store store, ISecret apiKey)
        : base(scope, "Ingestor")
    {
        Service = new Service(
            this,
            "Service",
            settings,
            network,
            store.Key,
            new ServiceDefinition(Names.Ingestor, Cpu: 512, MemoryMiB: 1024, Durations.IngestorStop)
            {
                Environment = new()
                {
                    ["Pipeline__EventsQueue"] = store.EventsQueue.Ref,
                    ["Ingestor__Account"] = Aws.ACCOUNT_ID,
                },
                Secrets = new() { ["Ingestor__ApiKeys__0"] = EcsSecret.FromSecretsManager(apiKey) },
                Access = Access.OfIngestor(store),
            }
        );
        Balancer = AddBalancer(network);
        Targets = AddTargets(settings, network);

        // A request is mostly waiting for SQS; the processor is what a burst uses up.
        Service
            .Fargate.AutoScaleTaskCount(new EnableScalingProps { MinCapacity = 2, MaxCapacity = 10 })
            .ScaleOnCpuUtilization(
                "Cpu",
                new CpuUtilizationScalingProps
                {
                    TargetUtilizationPercent = 50,
                    ScaleOutCooldown = Duration.Seconds(60),
                    ScaleInCooldown = Duration.Seconds(300),
                }
            );
    }

    public Service Service { get; }

    public ApplicationLoadBalancer Balancer { get; }

    public ApplicationTargetGroup Targets { get; }

    private ApplicationLoadBalancer AddBalancer(Network network)
    {
        var group = new SecurityGroup(
            this,
            "Group",
            new SecurityGroupProps
            {
                Vpc = network.Vpc,
                Description = "Who may call the balancer, and what it may call.",
                AllowAllOutbound = false,
            }
        );
        group.AddIngressRule(
            Peer.AnyIpv4(),
            Amazon.CDK.AWS.EC2.Port.Tcp(443),
            "EventBridge, from addresses it does not tell"
        );
        return new ApplicationLoadBalancer(
            this,
            "Balancer",
            new ApplicationLoadBalancerProps
            {
                Vpc = network.Vpc,
                InternetFacing = true,
                SecurityGroup = group,
                DropInvalidHeaderFields = true,
                VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PUBLIC },
            }
        );
    }

    private ApplicationTargetGroup AddTargets(Settings settings, Network network)
    {
        var targets = new ApplicationTargetGroup(
            this,
            "Targets",
            new ApplicationTargetGroupProps
            {
                Vpc = network.Vpc,
                Protocol = ApplicationProtocol.HTTP,
                Port = Service.Port,
                Targets = [Service.Fargate],
                DeregistrationDelay = Duration.Seconds(Durations.IngestorDeregistration.TotalSeconds),
                HealthCheck = new ElbHealthCheck
                {
                    Path = "/health",
                    Interval = Duration.Seconds(10),
                    Timeout = Duration.Seconds(5),
                    HealthyThresholdCount = 2,
                    UnhealthyThresholdCount = 3,
                },
            }
        );
        Balancer.AddListener(
            "Https",
            new BaseApplicationListenerProps
            {
                Port = 443,
                Protocol = ApplicationProtocol.HTTPS,
                SslPolicy = SslPolicy.TLS13_RES,
                Certificates = [ListenerCertificate.FromArn(settings.IngestorCertificate!.ValueAsString)],
                Open = false,
                DefaultTargetGroups = [targets],
            }
        );
        return targets;
    }
}
