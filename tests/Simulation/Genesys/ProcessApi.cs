using GenesysApi;
using GenesysApi.Budget;
using GenesysApi.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Processor.Testing.Watching;
using Processor.Testing.World;
using Simulation.Histories;
using Simulation.Tables;

namespace Simulation.Genesys;

/// <summary>The API client of one process with its token and its part of the budget, put together as in production.</summary>
internal sealed class ProcessApi
{
    private readonly TokenSource _tokens;

    public ProcessApi(string process, Outside outside, Lifeline life, TimeProvider time, SilentMeters meters)
    {
        var random = outside.World.Random;
        var options = Options.Create(outside.Genesys);
        var metrics = new GenesysApiMetrics(meters);
        Connection = new Connection(
            process,
            outside.World,
            outside.Platform,
            life,
            time,
            outside.Genesys.AttemptTimeout,
            at => outside.Departed(process, at),
            allowed => outside.Told(allowed)
        );
        var http = new SimulatedHttp(Connection, options, metrics, time, random);
        var endpoint = new TokenEndpoint(http, options, time);
        _tokens = new TokenSource(endpoint, metrics, time, random, NullLogger<TokenSource>.Instance);
        Budget = new ApiBudget(
            "client",
            process,
            new SimulatedBudget(outside.BudgetStore, outside.BudgetFaults, life, outside.WatchBudgetOf(process)),
            outside.Rules,
            metrics,
            time,
            random,
            NullLogger<ApiBudget>.Instance
        );
        http.Use(Budget, _tokens);
        Client = new GenesysClient(http, options, time, NullLogger<GenesysClient>.Instance);
    }

    public Connection Connection { get; }

    public ApiBudget Budget { get; }

    public GenesysClient Client { get; }
}
