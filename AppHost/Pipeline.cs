using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AppHost;

/// <summary>The services, in the order of an event's way, and who waits for whom.</summary>
internal sealed class Pipeline
{
    private const int Replicas = 3;
    private const string ClientId = "genesys-bridge";

    /// <summary>Lets a service offer what it counts, for the overview.</summary>
    private const string MetricsEndpoint = "METRICS_ENDPOINT";

    private Pipeline(
        IResourceBuilder<ProjectResource> genesys,
        IResourceBuilder<ProjectResource> ingestor,
        IResourceBuilder<ProjectResource> operations,
        string operationsToken,
        IResourceBuilder<ProjectResource>? proof
    ) =>
        (Genesys, Ingestor, Operations, OperationsToken, Proof) = (
            genesys,
            ingestor,
            operations,
            operationsToken,
            proof
        );

    private IResourceBuilder<ProjectResource> Genesys { get; }

    private IResourceBuilder<ProjectResource> Ingestor { get; }

    private IResourceBuilder<ProjectResource> Operations { get; }

    private string OperationsToken { get; }

    private IResourceBuilder<ProjectResource>? Proof { get; }

    public static Pipeline AddTo(IDistributedApplicationBuilder builder, AwsTarget aws, Dashboard? dashboard)
    {
        var apiKey = builder.AddParameter("ingestor-api-key", NewSecret(), secret: true);
        var clientSecret = builder.AddParameter("genesys-client-secret", NewSecret(), secret: true);
        var proves = builder.Configuration["Proof:Events"] is not null;
        var settings = builder.Configuration;

        var ingestor = aws.GiveTo(builder.AddProject<Projects.Ingestor>(ResourceNames.Ingestor))
            .WithHttpEndpoint(Settings.Number(settings, "Ports:Ingestor"))
            .WithHttpHealthCheck("/health")
            .WithEnvironment("Ingestor__ApiKeys__0", apiKey)
            .WithEnvironment(MetricsEndpoint, "true");

        if (aws.IsEmbedded)
        {
            ingestor
                .WithEnvironment("Ingestor__AccessKeyId", AwsTarget.TestKey)
                .WithEnvironment("Ingestor__SecretAccessKey", AwsTarget.TestKey);
        }

        var genesys = builder
            .AddProject<Projects.GenesysMock>(ResourceNames.Genesys)
            .WithHttpEndpoint(Settings.Number(settings, "Ports:Genesys"))
            .WithHttpEndpoint(name: ResourceNames.Login, env: "LOGIN_PORT")
            .WithHttpHealthCheck("/health")
            .WithReference(ingestor)
            .WithEnvironment("Mock__IngestorApiKey", apiKey)
            .WithEnvironment("Mock__Login__Clients__0__Id", ClientId)
            .WithEnvironment("Mock__Login__Clients__0__Secret", clientSecret)
            // A proof counts what it asked for and nothing else.
            .WithEnvironment("Mock__Traffic__RatePerSecond", proves ? "0" : settings["Traffic:RatePerSecond"] ?? "5")
            .WaitFor(ingestor);

        var processor = aws.GiveTo(builder.AddProject<Projects.Processor>(ResourceNames.Processor))
            .WithReplicas(Settings.Number(settings, "Processor:Replicas") ?? Replicas)
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/health")
            .WithEnvironment("Genesys__ApiBaseAddress", genesys.GetEndpoint(ResourceNames.Http))
            .WithEnvironment("Genesys__LoginBaseAddress", genesys.GetEndpoint(ResourceNames.Login))
            .WithEnvironment("Genesys__ClientId", ClientId)
            .WithEnvironment("Genesys__ClientSecret", clientSecret)
            // A poll that is under way at Ctrl-C ends first; twenty seconds are right for an account and long for a laptop.
            .WithEnvironment("Receiving__WaitTime", "00:00:02")
            .WithEnvironment("Recording__CountDuplicates", "true")
            .WithEnvironment(MetricsEndpoint, "true");

        if (settings["Proof:WriteBack"] is { } writesBack)
        {
            processor.WithEnvironment("Effects__AttributeWriteBack__Enabled", writesBack);
        }

        var operationsToken = settings["Parameters:operations-token"] ?? NewSecret();
        // A proof counts the dead letters where the Processors left them.
        var operations = AddOperations(builder, aws, dashboard, operationsToken, collects: !proves)
            .WithReference(ingestor)
            .WithReference(processor)
            .WithEnvironment("Genesys__ApiBaseAddress", genesys.GetEndpoint(ResourceNames.Http))
            .WithEnvironment("Genesys__LoginBaseAddress", genesys.GetEndpoint(ResourceNames.Login))
            .WithEnvironment("Genesys__ClientId", ClientId)
            .WithEnvironment("Genesys__ClientSecret", clientSecret);

        foreach (var service in new[] { ingestor, genesys, processor, operations })
        {
            // Nobody needs it to run, but what they say while they stop should still reach it.
            _ = dashboard is null ? service : service.WaitForStart(dashboard.Resource);
        }

        return new Pipeline(
            genesys,
            ingestor,
            operations,
            operationsToken,
            proves ? AddProof(builder, aws, genesys, processor) : null
        );
    }

    /// <summary>Prints the links, then waits: for the proof's verdict, or until somebody ends the application.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WatchAsync(DistributedApplication app, Dashboard? dashboard)
    {
        await app.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Genesys);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Operations);
        await PrintLinksAsync(dashboard);

        if (Proof is null)
        {
            await app.WaitForShutdownAsync();
            return 0;
        }

        // Waiting for the end and nothing else tells the stand-in that the proof is a job, not to be started again.
        await app.ResourceNotifications.WaitForResourceAsync(ResourceNames.Proof, KnownResourceStates.TerminalStates);
        var ended = await app.ResourceNotifications.WaitForResourceAsync(
            ResourceNames.Proof,
            proof => KnownResourceStates.TerminalStates.Contains(proof.Snapshot.State?.Text)
        );
        var interrupted = app
            .Services.GetRequiredService<IHostApplicationLifetime>()
            .ApplicationStopping.IsCancellationRequested;
        await app.StopAsync();

        // What failed to start has no exit code, and what was interrupted has proven nothing whatever its code.
        var exitCode = ended.Snapshot.ExitCode ?? 1;
        return interrupted && exitCode == 0 ? 1 : exitCode;
    }

    /// <summary>The operator's page, with its own way to the API: it audits, within the reserve of the budget.</summary>
    private static IResourceBuilder<ProjectResource> AddOperations(
        IDistributedApplicationBuilder builder,
        AwsTarget aws,
        Dashboard? dashboard,
        string token,
        bool collects
    )
    {
        var operations = aws.GiveTo(builder.AddProject<Projects.Operations>(ResourceNames.Operations))
            .WithHttpEndpoint(Settings.Number(builder.Configuration, "Ports:Operations"))
            .WithHttpHealthCheck("/health")
            .WithEnvironment("Operations__Token", builder.AddParameter("operations-token", token, secret: true))
            .WithEnvironment("Collecting__Wait", "00:00:02")
            .WithEnvironment("Conversations__DuplicatesCounted", "true")
            .WithEnvironment("Collecting__Enabled", collects ? "true" : "false");
        return dashboard is null
            ? operations
            : operations.WithEnvironment("Traces__Link", () => $"{dashboard.PageUrl}/traces/detail/{{trace}}");
    }

    private static IResourceBuilder<ProjectResource> AddProof(
        IDistributedApplicationBuilder builder,
        AwsTarget aws,
        IResourceBuilder<ProjectResource> genesys,
        IResourceBuilder<ProjectResource> processor
    )
    {
        var proof = aws.GiveTo(builder.AddProject<Projects.Proof>(ResourceNames.Proof))
            .WithReference(genesys)
            .WithReference(processor)
            .WaitFor(genesys)
            .WaitFor(processor);
        foreach (var setting in builder.Configuration.GetSection("Proof").GetChildren())
        {
            proof.WithEnvironment($"Proof__{setting.Key}", setting.Value);
        }

        return proof;
    }

    private async Task PrintLinksAsync(Dashboard? dashboard)
    {
        Console.WriteLine();
        Console.WriteLine("Everything runs.");
        if (dashboard is not null)
        {
            var link = await dashboard.LinkAsync();
            Console.WriteLine($"  dashboard  {link?.ToString() ?? "does not answer"}");
        }

        Console.WriteLine($"  operations {Operations.GetEndpoint(ResourceNames.Http).Url}/login?t={OperationsToken}");
        Console.WriteLine($"  genesys    {Genesys.GetEndpoint(ResourceNames.Http).Url}");
        Console.WriteLine($"  ingestor   {Ingestor.GetEndpoint(ResourceNames.Http).Url}");
        Console.WriteLine();
    }

    private static string NewSecret() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
