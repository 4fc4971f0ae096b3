using System.Text.Json.Nodes;
using Testing;

namespace Deploy.Tests.Redriving;

/// <summary>The state machine, run by an interpreter of its language in one process for all tests of a class.</summary>
public sealed class Interpreter()
    : LineProgram("interpreter/run.mjs", Repository.PathOf("Deploy", "Redriving", "redrive.asl.json"))
{
    /// <summary>Runs it from its start to its end, with Operations answering as the scenario says.</summary>
    internal async Task<Execution> RunAsync(Scenario scenario, CancellationToken cancellationToken) =>
        new(await AskAsync(scenario.ToJson(), cancellationToken));
}

/// <summary>What a run did and how it ended.</summary>
internal sealed class Execution(JsonObject json)
{
    public bool Succeeded => (string)json["status"]! == "succeeded";

    public string? Error => (string?)json["error"];

    public IReadOnlyList<string> Entered => [.. json["entered"]!.AsArray().Select(state => (string)state!)];

    /// <summary>One for each group, as operators are told.</summary>
    public IReadOnlyList<JsonObject> Results =>
        [.. (json["output"] as JsonArray ?? []).Select(result => result!.AsObject())];

    public JsonObject Result => Results.Single();

    /// <summary>What was published for people to read.</summary>
    public IReadOnlyList<string> Told =>
        [.. AllCalls.Where(call => call["TopicArn"] is not null).Select(call => (string)call["Subject"]!)];

    private IEnumerable<JsonObject> AllCalls => json["calls"]!.AsArray().Select(call => call!.AsObject());

    public IReadOnlyList<JsonObject> Calls(string operation) =>
        [.. AllCalls.Where(call => (string?)call["operation"] == operation)];
}
