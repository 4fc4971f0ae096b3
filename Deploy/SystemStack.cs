using Amazon.CDK;
using Constructs;
using Deploy.Bridging;
using Deploy.Redriving;
using Deploy.Running;
using Deploy.Storing;
using Deploy.Watching;

namespace Deploy;

/// <summary>The whole system in one stack, in the order of an event's way.</summary>
internal sealed class SystemStack : Stack
{
    private readonly List<Service> _services = [];

    public SystemStack(Construct scope, Shape shape)
        : base(
            scope,
            // The same for all shapes: a logical id with the shape in it would make another shape another resource.
            "Genesys",
            new StackProps
            {
                Description = $"Events from Genesys Cloud to conversations ({shape.Name}).",
                // No bootstrapped account and no assets: the template is all there is to deploy.
                Synthesizer = new BootstraplessSynthesizer(),
            }
        )
    {
        var settings = new Settings(this, shape);
        var store = new Store(this, shape);
        var bus = new PartnerBus(this, settings);
        var network = new Network(this, store.Key);
        var alarms = new AlarmBoard(this, settings, store);
        alarms.Add(PipelineAlarms.Of(store, bus));

        if (shape.Bridge == Bridge.Ingestor)
        {
            AddIngestor(settings, store, bus, network, alarms);
        }
        else
        {
            NativeBridge.AddTo(this, store, bus);
        }

        var credentials = Secrets.OfGenesys(this, settings);
        var function = shape.Compute == Compute.Lambda ? new ProcessorFunction(this, settings, store) : null;
        if (function is null)
        {
            var processor = ProcessorService.AddTo(this, settings, network, store, credentials);
            Watch(processor, alarms, ServiceAlarms.OfProcessor(processor));
            LogCounts.AddTo(processor.Logs);
        }
        else
        {
            alarms.Add(ServiceAlarms.OfProcessor(function, store));
            var enrichment = EnrichmentService.AddTo(this, settings, network, store, credentials);
            Watch(enrichment, alarms, ServiceAlarms.OfEnrichment(enrichment));
            LogCounts.AddTo(function.Logs);
            LogCounts.AddTo(enrichment.Logs);
        }

        if (shape.Operations)
        {
            var operations = new OperationsService(this, settings, network, store, credentials);
            Watch(operations.Service, alarms, ServiceAlarms.OfOperations(operations));
            Output("RedriveMachineArn", new RedriveMachine(this, network, store, operations, alarms).Machine.Ref);
        }

        var board = new Board(this, store, bus, alarms);
        board.AddProcessor(function, [.. _services.Select(ServiceAlarms.Tasks)]);

        Output("EventBusArn", bus.Bus.AttrArn);
        Output("ArchiveName", bus.Archive.Ref);
        Output("UndeliveredQueueUrl", bus.Undelivered.Ref);
        Output("AlarmTopicArn", alarms.Topic.Ref);
    }

    private void AddIngestor(Settings settings, Store store, PartnerBus bus, Network network, AlarmBoard alarms)
    {
        var apiKey = Secrets.Generated(this, "ApiKey", "What EventBridge shows the Ingestor.");
        var ingestor = new IngestorService(this, settings, network, store, apiKey);
        IngestorBridge.AddTo(this, settings, store, bus, ingestor, apiKey);
        Watch(ingestor.Service, alarms, ServiceAlarms.OfIngestor(ingestor));
        Output("IngestorBalancer", ingestor.Balancer.LoadBalancerDnsName);
    }

    private void Watch(Service service, AlarmBoard alarms, IEnumerable<AlarmDefinition> definitions)
    {
        if (_services.Count == 0)
        {
            Output("ClusterName", service.Fargate.Cluster.ClusterName);
        }

        _services.Add(service);
        alarms.Add(definitions);
        var name = service.Name;
        Output($"{char.ToUpperInvariant(name[0])}{name[1..]}ServiceName", service.Fargate.ServiceName);
    }

    private void Output(string name, string value) =>
        _ = new CfnOutput(this, name, new CfnOutputProps { Value = value });
}
