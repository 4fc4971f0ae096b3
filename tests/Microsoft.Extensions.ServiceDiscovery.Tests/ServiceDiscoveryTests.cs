using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.ServiceDiscovery.Tests;

public sealed class ServiceDiscoveryTests
{
    [Theory]
    [InlineData("http://ingestor/events?a=1", "http://localhost:5001/events?a=1")]
    [InlineData("http://INGESTOR/", "http://localhost:5001/")]
    [InlineData("https+http://ingestor/events", "http://localhost:5001/events")]
    [InlineData("https+http://mock/", "https://localhost:6443/")]
    [InlineData("http://mock/", "http://localhost:6080/")]
    [InlineData("http://_login.mock/oauth/token", "http://localhost:6081/oauth/token")]
    [InlineData("http://prefixed/events", "http://localhost:7001/base/events")]
    [InlineData("http://single/", "http://localhost:8001/")]
    [InlineData("http://bare/", "http://localhost:9001/")]
    [InlineData("http://sqs.us-east-1.amazonaws.com/1/q", "http://sqs.us-east-1.amazonaws.com/1/q")]
    [InlineData("http://localhost:4566/", "http://localhost:4566/")]
    [InlineData("https+http://unknown:81/", "https://unknown:81/")]
    [InlineData("https+http://unknown/", "https://unknown/")]
    public async Task A_service_is_found_by_its_name_and_anything_else_is_a_host(string named, string asked)
    {
        var network = new Network();

        await Client(network).GetAsync(new Uri(named), TestContext.Current.CancellationToken);

        Assert.Equal([asked], network.Asked);
    }

    [Fact]
    public async Task The_endpoints_of_a_service_take_turns()
    {
        var network = new Network();
        var client = Client(network);

        for (var request = 0; request < 5; request++)
        {
            await client.GetAsync(new Uri("http://replicas/"), TestContext.Current.CancellationToken);
        }

        Assert.Equal([1, 2, 3, 1, 2], network.Asked.Select(address => new Uri(address).Port));
    }

    [Fact]
    public async Task A_request_keeps_its_name_so_that_it_can_be_sent_again()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://replicas/");

        await Client(new Network()).SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(new Uri("http://replicas/"), request.RequestUri);
    }

    private static HttpClient Client(Network network)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["services:ingestor:http:0"] = "http://localhost:5001",
                        ["services:mock:http:0"] = "http://localhost:6080",
                        ["services:mock:https:0"] = "https://localhost:6443",
                        ["services:mock:login:0"] = "http://localhost:6081",
                        ["services:prefixed:http:0"] = "http://localhost:7001/base/",
                        ["services:single:default"] = "http://localhost:8001",
                        ["services:bare:http:0"] = "localhost:9001",
                        ["services:replicas:http:0"] = "http://localhost:1",
                        ["services:replicas:http:1"] = "http://localhost:2",
                        ["services:replicas:http:2"] = "http://localhost:3",
                    }
                )
                .Build()
        );
        services.AddServiceDiscovery();
        services.AddHttpClient("test").ConfigurePrimaryHttpMessageHandler(() => network).AddServiceDiscovery();
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("test");
    }

    /// <summary>Writes down what it was asked for.</summary>
    private sealed class Network : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Asked.Add(request.RequestUri!.ToString());
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
