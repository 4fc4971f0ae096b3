extern alias MockService;

using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GenesysApi.Tests.Mocked;

/// <summary>GenesysMock on a real socket, without limits, delays and faults unless the test asks for them, and a place its events go to.</summary>
internal sealed class Mock : WebApplicationFactory<MockService::Program>
{
    private readonly WebApplication _ingestor;

    private Mock(WebApplication ingestor) => _ingestor = ingestor;

    public Uri Address => AddressOf(Services);

    /// <summary>One that does not wait for its own clock: a token a second and no limits is what the tests start from.</summary>
    /// <param name="published">What becomes of a post to the Ingestor; nothing, unless the test asks for it.</param>
    public static async Task<Mock> StartAsync(RequestDelegate? published = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var ingestor = builder.Build();
        ingestor.MapPost("/events", published ?? (_ => Task.CompletedTask));
        await ingestor.StartAsync(TestContext.Current.CancellationToken);

        var mock = new Mock(ingestor);
        mock.UseKestrel();
        mock.StartServer();
        await mock.LimitAsync("""{"perToken":0,"perOrganization":0,"tokenBurst":1000}""");
        await mock.FailAsync("""{"rules":[],"detailsAfter":"00:00:00","wrapUpAfter":"00:00:00"}""");
        return mock;
    }

    public Task LimitAsync(string limits) => PutAsync("/mock/limits", limits);

    public Task FailAsync(string faults) => PutAsync("/mock/faults", faults);

    public async Task RevokeTokensAsync()
    {
        using var client = Client();
        using var response = await client.PostAsync(
            new Uri("/mock/tokens/revoke", UriKind.Relative),
            content: null,
            TestContext.Current.CancellationToken
        );
        response.EnsureSuccessStatusCode();
    }

    /// <summary>What the mock was asked, by its own count.</summary>
    public async Task<JsonElement> TruthAsync()
    {
        using var client = Client();
        var truth = await client.GetFromJsonAsync<JsonElement>("/mock/truth", TestContext.Current.CancellationToken);
        return truth.GetProperty("api");
    }

    /// <summary>Has so many events happen and returns the ids of the conversations they are of.</summary>
    public async Task<IReadOnlyList<string>> HappenAsync(int events)
    {
        using var client = Client();
        using var started = await client.PostAsJsonAsync(
            "/mock/traffic",
            new
            {
                events,
                seed = 7,
                ambient = 0,
                poison = 0,
                unknown = 0,
            },
            TestContext.Current.CancellationToken
        );
        var run = (await started.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken))
            .GetProperty("run")
            .GetString();
        JsonElement state;
        do
        {
            state = await client.GetFromJsonAsync<JsonElement>(
                $"/mock/traffic/{run}",
                TestContext.Current.CancellationToken
            );
        } while (!state.GetProperty("done").GetBoolean());

        var lines = await client.GetStringAsync($"/mock/truth/{run}/events", TestContext.Current.CancellationToken);
        return
        [
            .. lines
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("envelope").GetString()!)
                .Select(envelope =>
                    JsonDocument.Parse(envelope).RootElement.GetProperty("detail").GetProperty("eventBody")
                )
                .Where(body => body.TryGetProperty("conversationId", out _))
                .Select(body => body.GetProperty("conversationId").GetString()!)
                .Distinct(),
        ];
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _ingestor.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("urls", "http://127.0.0.1:0");
        builder.UseSetting("Mock:Traffic:RatePerSecond", "0");
        builder.UseSetting("Mock:IngestorUrl", new Uri(AddressOf(_ingestor.Services), "/events").ToString());
        builder.ConfigureLogging(logging => logging.ClearProviders());
    }

    private HttpClient Client() => new() { BaseAddress = Address };

    private async Task PutAsync(string path, string json)
    {
        using var client = Client();
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PutAsync(
            new Uri(path, UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
        Assert.True(
            response.IsSuccessStatusCode,
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }

    private static Uri AddressOf(IServiceProvider services) =>
        new(
            services
                .GetRequiredService<IServer>()
                .Features.GetRequiredFeature<IServerAddressesFeature>()
                .Addresses.First()
        );
}
