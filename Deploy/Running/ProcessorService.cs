using Amazon.CDK.AWS.SecretsManager;
using Constructs;
using Deploy.Storing;

namespace Deploy.Running;

/// <summary>The Processor on Fargate, as many tasks as the backlog asks for.</summary>
internal static class ProcessorService
{
    public static Service AddTo(
        Construct scope,
        Settings settings,
        Network network,
        Store store,
        ISecret genesysCredentials
    )
    {
        var service = new Service(
            scope,
            "Processor",
            settings,
            network,
            store.Key,
            new ServiceDefinition(Names.Processor, Cpu: 512, MemoryMiB: 1024, Durations.ProcessorStop)
            {
                Environment = Environments.OfProcessor(store, settings, settings.ProcessorTasksMax!.ValueAsString),
                Secrets = Secrets.OfGenesysClient(genesysCredentials),
                Access = Access.OfProcessor(store),
            }
        );
        ProcessorScaling.AddTo(settings, store, service.Fargate);

        return service;
    }
}
