using System.Text.Json.Nodes;

namespace Deploy.Tests.Redriving;

/// <summary>
/// How Operations answers during a run: one group that is redriven without a failure, unless a test says otherwise. Answers are given in
/// order, the last one again and again.
/// </summary>
internal sealed class Scenario
{
    private readonly JsonObject _input = [];

    private readonly JsonObject _answers = new()
    {
        ["describe"] = new JsonArray(
            new JsonObject { ["groups"] = new JsonArray(AGroup("table-throttled", "transient")) }
        ),
        ["redrive"] = new JsonArray(Taken(1)),
        ["check"] = new JsonArray(Done(failedAgain: 0)),
    };

    public static JsonObject AGroup(string reason, string @class) =>
        new()
        {
            ["reason"] = reason,
            ["class"] = @class,
            ["count"] = 40,
        };

    /// <summary>So many messages were taken from the group.</summary>
    public static JsonObject Taken(int messages) => new() { ["redrive"] = "r-1", ["taken"] = messages };

    public static JsonObject Done(int failedAgain, int percent = 0) =>
        new()
        {
            ["pending"] = 0,
            ["failedAgain"] = failedAgain,
            ["failedAgainPercent"] = percent,
        };

    public static JsonObject Pending(int messages, int percent = 0) =>
        new()
        {
            ["pending"] = messages,
            ["failedAgain"] = 0,
            ["failedAgainPercent"] = percent,
        };

    public static JsonObject Throws(string error) => new() { ["error"] = error };

    public Scenario WithGroups(params JsonObject[] groups) =>
        WhereOperationsAnswers("describe", new JsonObject { ["groups"] = new JsonArray([.. groups]) });

    public Scenario WithInput(string limit, JsonNode value)
    {
        _input[limit] = value;
        return this;
    }

    /// <param name="operation">describe, redrive, check, cancel, or publish for what people are told.</param>
    public Scenario WhereOperationsAnswers(string operation, params JsonObject[] answers)
    {
        _answers[operation] = new JsonArray([.. answers]);
        return this;
    }

    public JsonObject ToJson() => new JsonObject { ["input"] = _input.DeepClone(), ["answers"] = _answers.DeepClone() };
}
