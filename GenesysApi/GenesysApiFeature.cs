using System.Globalization;
using GenesysApi.Budget;
using GenesysApi.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ServiceDefaults;

namespace GenesysApi;

/// <summary>The API client, its token and its share of the budget: one of each in a process, however many features ask for it.</summary>
public static class GenesysApiFeature
{
    public static TBuilder AddGenesysApi<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(IGenesysApi)))
        {
            return builder;
        }

        builder.AddAwsClients();
        services.AddOptions<GenesysOptions>().BindConfiguration(GenesysOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GenesysOptions>, GenesysOptionsValidator>();
        services.AddSingleton<IValidateOptions<GenesysOptions>, GenesysLimitsValidator>();

        services.AddSingleton<GenesysApiMetrics>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<TokenSource>();
        services.TryAddSingleton<IBudgetStore, DynamoDbBudgetStore>();
        services.AddSingleton(CreateBudget);
        services.AddGenesysHttp();
        services.AddSingleton<IGenesysApi, GenesysClient>();

        return builder;
    }

    /// <summary>The key of the shared record: one for each OAuth client and limit.</summary>
    public static string BudgetOf(string clientId) => $"{clientId}#requests-per-minute";

    private static ApiBudget CreateBudget(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<GenesysOptions>>();
        var random = provider.GetRequiredService<Random>();
        return new ApiBudget(
            BudgetOf(options.CurrentValue.ClientId),
            HolderName(random),
            provider.GetRequiredService<IBudgetStore>(),
            () => RulesOf(options.CurrentValue),
            provider.GetRequiredService<GenesysApiMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            random,
            provider.GetRequiredService<ILogger<ApiBudget>>()
        );
    }

    /// <summary>The machine, for a reader of the table, and a number that no other start of the process has.</summary>
    private static string HolderName(Random random) =>
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{random.NextInt64():x16}");

    private static BudgetRules RulesOf(GenesysOptions options) =>
        new()
        {
            Limit = options.RequestsPerMinute,
            Reserve = options.ReservePerMinute,
            Replicas = options.Replicas,
        };
}
