using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Events;

namespace Operations.Tests;

/// <summary>Envelopes of events, and of what only looks like one.</summary>
internal static class AnEvent
{
    private static readonly string Sample = File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "Samples", "eb-attributes.json")
    );

    /// <summary>An event of a conversation of its own; the same number is the same event, byte for byte.</summary>
    public static string Of(int number, string? variant = null)
    {
        var envelope = JsonNode.Parse(Sample)!.AsObject();
        var conversationId = string.Create(CultureInfo.InvariantCulture, $"{number:x8}-d2b6-5e0c-b16f-9e167586ddca");
        envelope["id"] = string.Create(CultureInfo.InvariantCulture, $"{number:x8}-1341-533f-b873-cf3c4ea8ea26");
        envelope["detail"]!["topicName"] = $"v2.detail.events.conversation.{conversationId}.attributes";
        envelope["detail"]!["eventBody"]!["conversationId"] = conversationId;
        if (variant is not null)
        {
            envelope["detail"]!["eventBody"]!["variant"] = variant;
        }

        return envelope.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>It passes the Ingestor and can never be recorded.</summary>
    public static string Poison(int number)
    {
        var envelope = JsonNode.Parse(Of(number))!.AsObject();
        envelope["detail"]!.AsObject().Remove("eventBody");
        return envelope.ToJsonString();
    }

    public static GenesysEvent Decode(string body) =>
        Assert.IsType<Decoded.Event>(EventDecoder.Decode(Encoding.UTF8.GetBytes(body))).Value;
}
