using System.Text.Json.Nodes;
using Testing;

namespace Deploy.Tests.Redriving;

/// <summary>The state machine's file, read as its states.</summary>
internal static class StateMachine
{
    public static readonly string Text = File.ReadAllText(Repository.PathOf("Deploy", "Redriving", "redrive.asl.json"));

    private static readonly JsonObject Definition = JsonNode.Parse(Text)!.AsObject();

    public static JsonObject Groups => Definition["States"]!["EachGroup"]!["ItemProcessor"]!.AsObject();

    public static JsonObject Whole => Definition;

    /// <summary>All states, those inside the map included; their names are unique.</summary>
    public static IReadOnlyList<(string Name, JsonObject State)> States =>
        [.. StatesOf(Definition), .. StatesOf(Groups)];

    /// <summary>Where a state can go.</summary>
    public static IEnumerable<string> NextOf(JsonObject state) =>
        new[] { state["Next"], state["Default"] }
            .Concat((state["Choices"] as JsonArray ?? []).Select(choice => choice!["Next"]))
            .Concat((state["Catch"] as JsonArray ?? []).Select(caught => caught!["Next"]))
            .OfType<JsonValue>()
            .Select(next => (string)next!)
            .Distinct();

    private static IEnumerable<(string Name, JsonObject State)> StatesOf(JsonObject machine) =>
        machine["States"]!.AsObject().Select(state => (state.Key, state.Value!.AsObject()));
}
