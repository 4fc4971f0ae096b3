using System.Diagnostics.Metrics;
using GenesysApi.Budget;
using GenesysApi.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ServiceDefaults;

namespace GenesysApi.Tests.Simulated;

/// <summary>
/// The whole client as a service gets it, on a canned server (or the one whose address it is given), with a budget in memory that
/// keeps nobody waiting.
/// </summary>
internal sealed class AClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public AClient(params (string Key, string Value)[] settings)
        : this(address: null, new InMemoryBudgetStore(), settings) { }

    public AClient(Uri? address, InMemoryBudgetStore store, params (string Key, string Value)[] settings)
    {
        Store = store;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Genesys:ApiBaseAddress"] = address?.ToString() ?? "https://api.test",
                ["Genesys:LoginBaseAddress"] = address?.ToString() ?? "https://login.test",
                ["Genesys:ClientId"] = "client",
                ["Genesys:ClientSecret"] = "s3cret",
                ["Genesys:RequestsPerMinute"] = "30000",
                ["Genesys:Replicas"] = "1",
            }
        );
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create<string, string?>($"Genesys:{setting.Key}", setting.Value))
        );
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IBudgetStore>(Store);
        builder.AddGenesysApi();
        if (address is null)
        {
            builder.Services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => Server));
        }

        _services = builder.Services.BuildServiceProvider();

        var minted = 0;
        Server.Login = (_, _) => Task.FromResult(CannedServer.Token($"token {Interlocked.Increment(ref minted)}"));
    }

    public CannedServer Server { get; } = new();

    public InMemoryBudgetStore Store { get; }

    public IGenesysApi Api => _services.GetRequiredService<IGenesysApi>();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public ApiBudget Budget => _services.GetRequiredService<ApiBudget>();

    public TokenSource Tokens => _services.GetRequiredService<TokenSource>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
