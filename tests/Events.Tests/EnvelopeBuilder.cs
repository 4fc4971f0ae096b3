using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace Events.Tests;

/// <summary>A sample with something changed. Members are named by path: <c>detail.eventBody.conversationId</c>.</summary>
internal sealed class EnvelopeBuilder
{
    private readonly JsonObject _envelope;

    private EnvelopeBuilder(string json) => _envelope = JsonNode.Parse(json)!.AsObject();

    public static EnvelopeBuilder Of(string sample) => new(Samples.ReadText(sample));

    public static EnvelopeBuilder OfJson(string json) => new(json);

    public EnvelopeBuilder With(string path, JsonNode? value)
    {
        var (parent, name) = Find(path);
        parent[name] = value;
        return this;
    }

    /// <summary>As it would stand in the text, for what a JsonNode cannot say: <c>1.0</c>, <c>"\u00e9"</c>.</summary>
    public EnvelopeBuilder WithRaw(string path, string json) => With(path, JsonNode.Parse(json));

    public EnvelopeBuilder Without(string path)
    {
        var (parent, name) = Find(path);
        Assert.True(parent.Remove(name), $"the sample has no {path}");
        return this;
    }

    /// <summary>Turns the order of the members of an object round; the empty path is the envelope.</summary>
    public EnvelopeBuilder Reversed(string path = "")
    {
        var target = path.Length == 0 ? _envelope : Find(path).Parent[Find(path).Name]!.AsObject();
        var members = target.Reverse().ToList();
        target.Clear();
        members.ForEach(member => target.Add(member));
        return this;
    }

    public string Build() => _envelope.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public string BuildIndented() => _envelope.ToJsonString(new() { WriteIndented = true });

    public GenesysEvent Decode() => Tests.Decode.Event(Build());

    public Decoded.Poison DecodePoison() => Tests.Decode.Poison(Build());

    private (JsonObject Parent, string Name) Find(string path)
    {
        var names = path.Split('.');
        var parent = names[..^1].Aggregate(_envelope, (node, name) => node[name]!.AsObject());
        return (parent, names[^1]);
    }
}
