using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GenesysMock.Conversations;
using GenesysMock.Traffic;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace GenesysMock.Tests;

/// <summary>The mock as it is, on a real socket, with a clock that the test moves.</summary>
internal sealed class MockHost : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string?> _settings;

    private MockHost(Dictionary<string, string?> settings) => _settings = settings;

    public ManualTimeProvider Time { get; } = new();

    /// <summary>Of the API; the login host, if there is one, comes after it.</summary>
    public Uri Address =>
        new(
            Services
                .GetRequiredService<IServer>()
                .Features.GetRequiredFeature<IServerAddressesFeature>()
                .Addresses.First()
        );

    public Organization Organization => Services.GetRequiredService<Organization>();

    /// <summary>Without traffic, without delays and without faults, unless the test says otherwise.</summary>
    public static MockHost Start(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Mock:Traffic:RatePerSecond"] = "0",
            ["Mock:Faults:Rules:0:To"] = "00:00:00",
            ["Mock:Faults:Rules:0:From"] = "00:00:00",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var host = new MockHost(all);
        host.UseKestrel();
        host.StartServer();
        return host;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public HttpClient Client() => new() { BaseAddress = Address };

    /// <summary>A client that has logged in.</summary>
    public async Task<HttpClient> LoggedInAsync(string clientId = "client")
    {
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            await TokenAsync(clientId)
        );
        return client;
    }

    public async Task<string> TokenAsync(string clientId = "client")
    {
        using var client = Client();
        using var response = await client.SendAsync(
            LoginRequest(clientId, "secret"),
            TestContext.Current.CancellationToken
        );
        var answer = await response.JsonAsync();
        return answer.GetProperty("access_token").GetString()!;
    }

    public static HttpRequestMessage LoginRequest(string clientId, string secret) =>
        new(HttpMethod.Post, "/oauth/token")
        {
            Headers =
            {
                Authorization = new AuthenticationHeaderValue(
                    "Basic",
                    Convert.ToBase64String(Encoding.Latin1.GetBytes($"{clientId}:{secret}"))
                ),
            },
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };

    /// <summary>A conversation that begins now and of which the API has heard.</summary>
    public Conversation Hear(Story story = Story.InboundVoice, int seed = 1)
    {
        var chance = new Chance(seed, salt: 0);
        var (conversation, _) = new Stories(Organization, chance).Tell(story, new TrafficShape(), Time.GetUtcNow());
        Services.GetRequiredService<ConversationDirectory>().Learn(conversation);
        return conversation;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Time));
    }
}

internal static class ResponseReading
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> request)
    {
        using var response = await request;
        return await response.JsonAsync();
    }

    public static string Header(this HttpResponseMessage response, string name) =>
        response.Headers.GetValues(name).Single();
}
