using System.Net.Http.Headers;
using Amazon.DynamoDBv2;
using Amazon.SQS;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Operations.Tests.Emulated;
using ServiceDefaults;

namespace Operations.Tests.Http;

/// <summary>Operations whole, in this process, on emulated queues and tables.</summary>
internal sealed class OperationsServer(
    EmulatedPipeline pipeline,
    Action<IServiceCollection>? configure = null,
    params (string Name, string Value)[] settings
) : WebApplicationFactory<Program>
{
    public const string OperatorToken = "an-operator-token-of-a-test";
    public const string ReaderToken = "a-reader-token-of-a-test";

    public HttpClient ClientWith(string? token)
    {
        var client = CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        client.DefaultRequestHeaders.Authorization = token is null
            ? null
            : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Operations:Token", OperatorToken);
        builder.UseSetting("Operations:ReadOnlyToken", ReaderToken);
        builder.UseSetting("Collecting:Wait", "00:00:01");
        builder.UseSetting("Redriving:Settle", "00:00:00");
        builder.UseSetting("Redriving:LookEvery", "00:00:00.100");
        foreach (
            var (name, value) in pipeline.Environment.Where(pair =>
                !pair.Key.StartsWith("AWS", StringComparison.Ordinal)
            )
        )
        {
            builder.UseSetting(name.Replace("__", ":", StringComparison.Ordinal), value);
        }

        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<IAmazonSQS>(pipeline.Sqs));
            services.RemoveAllKeyed<IAmazonSQS>(AwsClients.Polling);
            services.AddKeyedSingleton<IAmazonSQS>(AwsClients.Polling, pipeline.Sqs);
            services.Replace(ServiceDescriptor.Singleton<IAmazonDynamoDB>(pipeline.DynamoDb));
            configure?.Invoke(services);
        });
    }
}
