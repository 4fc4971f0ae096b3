using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Constructs;

namespace Deploy.Running;

/// <summary>
/// Two zones; services in private subnets without a way in. DynamoDB and S3 by gateway endpoints, which cost nothing; the rest,
/// Genesys Cloud among it, through one NAT gateway. Should its zone fail, work stops and events wait in SQS.
/// </summary>
internal sealed class Network : Construct
{
    public Network(Construct scope, IKey key)
        : base(scope, "Network")
    {
        Vpc = new Vpc(
            this,
            "Vpc",
            new VpcProps
            {
                IpAddresses = IpAddresses.Cidr("10.40.0.0/16"),
                MaxAzs = 2,
                NatGateways = 1,
                SubnetConfiguration =
                [
                    new SubnetConfiguration
                    {
                        Name = "public",
                        SubnetType = SubnetType.PUBLIC,
                        CidrMask = 24,
                        MapPublicIpOnLaunch = false,
                    },
                    new SubnetConfiguration
                    {
                        Name = "services",
                        SubnetType = SubnetType.PRIVATE_WITH_EGRESS,
                        CidrMask = 20,
                    },
                ],
                GatewayEndpoints = new Dictionary<string, IGatewayVpcEndpointOptions>
                {
                    ["DynamoDb"] = new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.DYNAMODB },
                    ["S3"] = new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.S3 },
                },
            }
        );
        // Where the collectors put metrics, which CloudWatch reads out of it.
        _ = new LogGroup(
            this,
            "Telemetry",
            new LogGroupProps
            {
                LogGroupName = Names.LogGroup(Names.Telemetry),
                Retention = RetentionDays.ONE_WEEK,
                EncryptionKey = key,
                RemovalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
            }
        );
        // Insights count running tasks, which the scaling and an alarm need.
        Cluster = new Cluster(this, "Cluster", new ClusterProps { Vpc = Vpc, ContainerInsights = true });
    }

    public Vpc Vpc { get; }

    public Cluster Cluster { get; }

    /// <summary>A group that nobody may reach, and that reaches what speaks TLS. Names are resolved by the network itself.</summary>
    public SecurityGroup NewGroup(Construct scope, string whose)
    {
        var group = new SecurityGroup(
            scope,
            "Group",
            new SecurityGroupProps
            {
                Vpc = Vpc,
                Description = $"What may reach {whose}, and what it may reach.",
                AllowAllOutbound = false,
            }
        );
        group.AddEgressRule(Peer.AnyIpv4(), Port.Tcp(443), "AWS and Genesys Cloud");
        return group;
    }
}
