using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.SQS;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Processor.Enrichment;
using Processor.Processing;
using Processor.Receiving;
using Processor.Recording;
using ServiceDefaults;

namespace Processor.Tests.Enrichment;

public sealed class EnrichmentFeatureTests
{
    private static readonly (string, string)[] Genesys =
    [
        ("Genesys:ApiBaseAddress", "https://api.test"),
        ("Genesys:LoginBaseAddress", "https://login.test"),
        ("Genesys:ClientId", "client"),
        ("Genesys:ClientSecret", "secret"),
    ];

    [Fact]
    public void A_process_with_a_client_of_the_api_enriches()
    {
        using var services = Build(Genesys);

        Assert.NotNull(services.GetRequiredService<EnrichmentWorker>());
        Assert.Contains(services.GetServices<IHostedService>(), service => service.GetType().Name == "EnrichmentHost");
    }

    [Theory]
    [InlineData("Enrichment:Enabled", "false")]
    [InlineData("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001")]
    public void A_process_that_does_not_enrich_needs_no_client_of_the_api(string key, string value)
    {
        using var services = Build((key, value));

        Assert.Null(services.GetService<EnrichmentWorker>());
        Assert.NotNull(services.GetRequiredService<IOptions<EnrichmentOptions>>().Value);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        using var services = Build([
            .. Genesys,
            ("Enrichment:VisibilityTimeout", "00:00:30"),
            ("Enrichment:Grace", "00:00:10"),
            ("Enrichment:NotYetPause", "00:06:00"),
            ("Enrichment:BatchMax", "101"),
        ]);

        var failures = Assert
            .Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<EnrichmentOptions>>().Value)
            .Failures.ToList();

        Assert.Contains(failures, failure => failure.Contains("BatchMax", StringComparison.Ordinal));
        Assert.Contains(
            failures,
            failure => failure.Contains("Enrichment:VisibilityTimeout", StringComparison.Ordinal)
        );
        Assert.Contains(failures, failure => failure.Contains("Enrichment:Grace", StringComparison.Ordinal));
        Assert.Contains(failures, failure => failure.Contains("Enrichment:NotYetPause", StringComparison.Ordinal));
    }

    private static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value))
        );
        builder.AddServiceDefaults();
        AddClientsOfNowhere(builder.Services);
        builder.AddReceiving();
        builder.AddRecording();
        builder.AddEnrichment();
        builder.Services.AddSingleton<Ledger>();
        builder.Services.AddSingleton<IHostApplicationLifetime, NoLifetime>();
        return builder.Services.BuildServiceProvider();
    }

    private static void AddClientsOfNowhere(IServiceCollection services)
    {
        var nobody = new BasicAWSCredentials("test", "test");
        var sqs = new AmazonSQSClient(nobody, new AmazonSQSConfig { ServiceURL = "http://127.0.0.1:9" });
        services.AddSingleton<IAmazonSQS>(sqs);
        services.AddKeyedSingleton<IAmazonSQS>(AwsClients.Polling, sqs);
        services.AddSingleton<IAmazonDynamoDB>(
            new AmazonDynamoDBClient(nobody, new AmazonDynamoDBConfig { ServiceURL = "http://127.0.0.1:9" })
        );
    }

    private sealed class NoLifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() { }
    }
}
