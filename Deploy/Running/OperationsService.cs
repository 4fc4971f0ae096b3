using Amazon.CDK;
using Amazon.CDK.AWS.SecretsManager;
using Amazon.CDK.AWS.ServiceDiscovery;
using Constructs;
using Deploy.Storing;
using EcsSecret = Amazon.CDK.AWS.ECS.Secret;

namespace Deploy.Running;

/// <summary>
/// Operations on Fargate, in the private subnets and without a balancer: operators come through a tunnel of Systems Manager, the state
/// machine's function by the name operations.genesys.internal.
/// </summary>
internal sealed class OperationsService : Construct
{
    public const string Domain = "genesys.internal";

    public OperationsService(
        Construct scope,
        Settings settings,
        Network network,
        Store store,
        ISecret genesysCredentials
    )
        : base(scope, "Operations")
    {
        Token = Secrets.Generated(this, "Token", "What the operator's page and its HTTP API ask for.");
        Service = new Service(
            this,
            "Service",
            settings,
            network,
            store.Key,
            new ServiceDefinition(Names.Operations, Cpu: 512, MemoryMiB: 1024, Durations.OperationsStop)
            {
                Environment = Environments.Merge(
                    Environments.OfPipeline(store),
                    Environments.OfGenesys(settings, replicas: "1"),
                    new()
                    {
                        ["Pipeline__EnrichmentDeadLetterQueue"] = store.EnrichmentDeadLetterQueue.Ref,
                        ["Pipeline__DeadLettersTable"] = store.DeadLettersTable.Ref,
                        ["Pipeline__OperationsTable"] = store.OperationsTable.Ref,
                    }
                ),
                Secrets = Environments.Merge(
                    Secrets.OfGenesysClient(genesysCredentials),
                    new() { ["Operations__Token"] = EcsSecret.FromSecretsManager(Token) }
                ),
                Access = Access.OfOperations(store),
                Tasks = 1,
                Tunnel = true,
            }
        );
        var names = new PrivateDnsNamespace(
            this,
            "Names",
            new PrivateDnsNamespaceProps { Name = Domain, Vpc = network.Vpc }
        );
        Service.Fargate.EnableCloudMap(
            new Amazon.CDK.AWS.ECS.CloudMapOptions
            {
                CloudMapNamespace = names,
                Name = Names.Operations,
                DnsTtl = Duration.Seconds(10),
            }
        );
    }

    public Service Service { get; }

    public Secret Token { get; }

    public static string Address => $"http://{Names.Operations}.{Domain}:{Running.Service.Port}";
}
