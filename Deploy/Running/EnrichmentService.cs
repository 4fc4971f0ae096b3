using Amazon.CDK.AWS.SecretsManager;
using Constructs;
using Deploy.Storing;

namespace Deploy.Running;

/// <summary>
/// Enrichment beside a Processor that is a function: the same program, but it leaves the events to the function. A function is gone
/// before a hundred conversations are gathered for one call. One task is enough: the API's budget is what is short.
/// </summary>
internal static class EnrichmentService
{
    public static Service AddTo(
        Construct scope,
        Settings settings,
        Network network,
        Store store,
        ISecret genesysCredentials
    ) =>
        new(
            scope,
            "Enrichment",
            settings,
            network,
            store.Key,
            new ServiceDefinition(Names.Enrichment, Cpu: 256, MemoryMiB: 512, Durations.ProcessorStop)
            {
                ImageOf = Names.Processor,
                Environment = Environments.Merge(
                    Environments.OfProcessor(store, settings, ProcessorFunction.Replicas),
                    new() { ["Receiving__Enabled"] = "false" }
                ),
                Secrets = Secrets.OfGenesysClient(genesysCredentials),
                Access = Access.OfEnrichment(store),
                Tasks = 1,
            }
        );
}
