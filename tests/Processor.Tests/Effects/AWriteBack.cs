using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Events;
using GenesysApi;
using GenesysApi.Budget;
using GenesysApi.Tests.Mocked;
using GenesysApi.Tests.Simulated;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Processor.Effects;
using ServiceDefaults;

namespace Processor.Tests.Effects;

/// <summary>The write-back over real HTTP to GenesysMock, and what the mock publishes because of it.</summary>
internal sealed class AWriteBack : IAsyncDisposable
{
    private readonly Mock _mock;
    private readonly ServiceProvider _services;
    private readonly ConcurrentQueue<string> _published;

    private AWriteBack(Mock mock, ConcurrentQueue<string> published)
    {
        (_mock, _published) = (mock, published);
        _services = Client(mock.Address);
        Handler = new AttributeWriteBack(
            _services.GetRequiredService<IGenesysApi>(),
            _services.GetRequiredService<ApiBudget>(),
            new AttributeWriteBackOptions { Enabled = true },
            TimeProvider.System
        );
    }

    public AttributeWriteBack Handler { get; }

    public Mock Mock => _mock;

    /// <summary>The events of the traffic so far, and of every attribute that was written.</summary>
    public IReadOnlyCollection<string> Published => _published;

    public static async Task<AWriteBack> StartAsync(Action<string>? publish = null)
    {
        var published = new ConcurrentQueue<string>();
        return new AWriteBack(await Mock.StartAsync(KeepAsync), published);

        async Task KeepAsync(HttpContext context)
        {
            using var body = await JsonDocument.ParseAsync(
                context.Request.Body,
                cancellationToken: context.RequestAborted
            );
            var root = body.RootElement;
            foreach (var envelope in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : One(root))
            {
                published.Enqueue(envelope.GetRawText());
                publish?.Invoke(envelope.GetRawText());
            }
        }
    }

    /// <summary>An end of a customer's part in a conversation that the mock knows.</summary>
    public async Task<GenesysEvent> AnEndAsync()
    {
        await _mock.HappenAsync(300);
        return Published.Select(Decode).First(Handler.Handles);
    }

    /// <summary>How often each participant was written to, and how many of the writes changed nothing.</summary>
    public async Task<IReadOnlyList<(string Conversation, int Patches, int Repeated)>> PatchedAsync() =>
        [
            .. (await _mock.TruthAsync())
                .GetProperty("patched")
                .EnumerateArray()
                .Select(patched =>
                    (
                        patched.GetProperty("conversationId").GetString()!,
                        patched.GetProperty("patches").GetInt32(),
                        patched.GetProperty("repeated").GetInt32()
                    )
                ),
        ];

    public static GenesysEvent Decode(string envelope) =>
        Assert.IsType<Decoded.Event>(EventDecoder.Decode(Encoding.UTF8.GetBytes(envelope))).Value;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _mock.DisposeAsync();
    }

    private static ServiceProvider Client(Uri address)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Genesys:ApiBaseAddress"] = address.ToString(),
                ["Genesys:LoginBaseAddress"] = address.ToString(),
                ["Genesys:ClientId"] = "client",
                ["Genesys:ClientSecret"] = "s3cret",
                ["Genesys:RequestsPerMinute"] = "30000",
                ["Genesys:Replicas"] = "1",
                // No test waits for a time-out, and a loaded machine may be slow.
                ["Genesys:AttemptTimeout"] = "00:00:30",
                ["Genesys:TotalTimeout"] = "00:02:00",
            }
        );
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IBudgetStore>(new InMemoryBudgetStore());
        builder.AddGenesysApi();
        return builder.Services.BuildServiceProvider();
    }

    private static IEnumerable<JsonElement> One(JsonElement envelope) => [envelope];
}
