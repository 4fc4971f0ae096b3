using Bench.Programs;
using Testing;

namespace Bench.Draining;

/// <summary>Somebody who can empty the queue: the built program and what it needs to be told.</summary>
internal sealed record Candidate(string Name, string FileName, IReadOnlyList<string> Arguments)
{
    private const string DotNet = "dotnet";
    private const string Node = "node";
    private const string ReadyWords = "Receiving with";

    /// <summary>Must be there before it is started; null of what the build leaves.</summary>
    private PublishedProgram? Published { get; init; }

    private IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public bool IsNode => FileName == Node;

    /// <summary>Whether it is a .NET program, which can be asked what it allocated.</summary>
    public bool TellsAllocations => FileName == DotNet;

    /// <summary>False for one to whom each message is an item, whatever it says.</summary>
    public bool KnowsEvents { get; init; } = true;

    /// <summary>The Processor as its image has it, and only recording: what the others do too.</summary>
    public static Candidate Processor { get; } = ProcessorOf("Processor", new PublishedProgram("Processor"));

    /// <summary>The same, as a build leaves it.</summary>
    public static Candidate BuiltProcessor { get; } =
        Processor with
        {
            Name = "Processor, as built",
            Arguments = [Repository.ProgramOf("Processor")],
            Published = null,
        };

    public static Candidate DotNetPeer(string name, string project) => new(name, DotNet, [BuiltProgram(project)]);

    public static Candidate PublishedDotNetPeer(string name, string project) =>
        OfPublished(name, new PublishedProgram("bench", project));

    public static Candidate NodePeer(string name, string script) =>
        new(name, Node, [Repository.PathOf("bench", "peers", script)]);

    /// <summary>The same, told more.</summary>
    public Candidate With(IReadOnlyDictionary<string, string> settings) =>
        this with
        {
            Settings = Settings
                .Concat(settings)
                .GroupBy(set => set.Key)
                .ToDictionary(set => set.Key, set => set.Last().Value),
        };

    /// <summary>Before anything is measured: compiling takes the processor from whoever is.</summary>
    public Task PrepareAsync() => Published?.PublishAsync() ?? Task.CompletedTask;

    /// <param name="aws">Where SQS and DynamoDB are.</param>
    /// <param name="tells">Whether it will be asked what it allocated.</param>
    public Task<MeasuredProgram> StartAsync(IReadOnlyDictionary<string, string> aws, bool tells = false)
    {
        var environment = new Dictionary<string, string>(aws);
        foreach (var (name, value) in Settings)
        {
            environment[name] = value;
        }

        if (tells)
        {
            environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        }

        return MeasuredProgram.StartAsync(FileName, Arguments, environment, ReadyWords);
    }

    private static Candidate OfPublished(string name, PublishedProgram program) =>
        new(name, DotNet, [program.Program]) { Published = program };

    private static Candidate ProcessorOf(string name, PublishedProgram program) =>
        OfPublished(name, program) with
        {
            Settings = new Dictionary<string, string>
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Announcing__Enabled"] = "false",
                ["Enrichment__Enabled"] = "false",
                // Without it nobody listens to the metrics, and they cost nothing.
                ["METRICS_ENDPOINT"] = "true",
            },
        };

    private static string BuiltProgram(string project) =>
        Repository.PathOf("bench", project, "bin", Repository.Configuration, "net10.0", $"{project}.dll");
}
