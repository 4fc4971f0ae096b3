using Bench.Programs;
using Testing;

namespace Bench.Draining;

/// <summary>Somebody who can empty the queue: the built program and what it needs to be told.</summary>
internal sealed record Candidate(string Name, string FileName, IReadOnlyList<string> Arguments)
{
    private const string ReadyWords = "Receiving with";

    private IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>False for one to whom each message is an item, whatever it says.</summary>
    public bool KnowsEvents { get; init; } = true;

    /// <summary>The Processor that only records: what the others do too.</summary>
    public static Candidate Processor { get; } =
        new("Processor", "dotnet", [Repository.ProgramOf("Processor")])
        {
            Settings = new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Announcing__Enabled"] = "false",
                ["Enrichment__Enabled"] = "false",
            },
        };

    public static Candidate DotNetPeer(string name, string project) => new(name, "dotnet", [BuiltProgram(project)]);

    public static Candidate NodePeer(string name, string script) =>
        new(name, "node", [Repository.PathOf("bench", "peers", script)]);

    public Task<MeasuredProgram> StartAsync(IReadOnlyDictionary<string, string> aws)
    {
        var environment = new Dictionary<string, string>(aws);
        foreach (var (name, value) in Settings)
        {
            environment[name] = value;
        }

        return MeasuredProgram.StartAsync(FileName, Arguments, environment, ReadyWords);
    }

    private static string BuiltProgram(string project) =>
        Repository.PathOf("bench", project, "bin", Repository.Configuration, "net10.0", $"{project}.dll");
}
