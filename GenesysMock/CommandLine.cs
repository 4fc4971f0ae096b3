using GenesysMock.Scenarios;

namespace GenesysMock;

/// <summary>What the program says instead of serving, when it is asked for help.</summary>
internal static class CommandLine
{
    private const string Help = """
        GenesysMock: a Genesys Cloud to test against. It publishes events as EventBridge would, answers the platform
        API with its limits and faults, and keeps the truth about both.

        usage:
          GenesysMock              serve the API, the login, the admin API /mock and a status page /
          GenesysMock --help       this text

        Settings come from the environment, as Mock__Name, or the command line, as --Mock:Name=value:
          ASPNETCORE_URLS                     where the API listens, as in http://localhost:5100
          LOGIN_PORT                          the port of the login host; without it, login is at the API's
          Mock:Scenario                       the scenario to start with (calm)
          Mock:Seed                           decides all chance (1)
          Mock:IngestorUrl                    where events are posted (the service "ingestor", path /events)
          Mock:IngestorApiKey                 what the API destination shows in x-api-key
          Mock:IngestorBatchSize              envelopes in a request (10); 1 sends them singly, as EventBridge does
          Mock:Traffic:RatePerSecond          events a second from start to stop (0: none)
          Mock:Login:Clients:0:Id, …:Secret   OAuth clients that may log in (without any: everybody)
          Mock:Limits:PerToken                requests a minute for a token (300)
          Mock:Limits:TokenLifetimeSeconds    300 to 172800 (86400)
          Mock:Faults:Rules:0:Kind, …         Latency, Status, Unauthorized, Hang, Reset
          Mock:Shape:Duplicates, …            what the traffic is made of
        GenesysMock/README.md has the rest.

        scenarios:
        """;

    /// <summary>True when there is nothing left to do.</summary>
    public static bool Handled(string[] args)
    {
        if (args is not ["--help" or "-h" or "help", ..])
        {
            return false;
        }

        Console.WriteLine(Help);
        foreach (var name in ScenarioCatalog.BesideTheProgram.Names)
        {
            Console.WriteLine($"  {name, -16} {ScenarioCatalog.BesideTheProgram.Find(name)!.Description}");
        }

        return true;
    }
}
