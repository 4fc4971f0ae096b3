using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Testing;

namespace Processor.Testing.Building;

/// <summary>Makes one envelope: a valid event of a conversation, changed where the test says so.</summary>
internal sealed class EventBuilder
{
    private const string ConversationTopic = "v2.detail.events.conversation.{id}.";

    /// <summary>Characters beyond ASCII as they are.</summary>
    private static readonly JsonSerializerOptions AsGenesysWrites = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _body = new()
    {
        ["eventTime"] = SimulatedWorld.Start.ToUnixTimeMilliseconds(),
        ["conversationId"] = "conversation-1",
        ["participantId"] = "participant-1",
        ["sessionId"] = "session-1",
    };

    private string _topic = $"{ConversationTopic}user.start";
    private string _envelopeId = "envelope-1";

    public EventBuilder InConversation(string id) => With("conversationId", id);

    public EventBuilder At(DateTimeOffset time) => With("eventTime", time.ToUnixTimeMilliseconds());

    /// <summary>A step of the conversation, such as <c>customer.end</c>.</summary>
    public EventBuilder OfStep(string step)
    {
        _topic = $"{ConversationTopic}{step}";
        return this;
    }

    public EventBuilder UnderEnvelope(string id)
    {
        _envelopeId = id;
        return this;
    }

    /// <summary>Sets a member of the event body.</summary>
    public EventBuilder With(string member, JsonNode value)
    {
        _body[member] = value;
        return this;
    }

    /// <summary>With this many characters in the body that no compression shortens much.</summary>
    public EventBuilder OfSize(int chars, int seed = 1)
    {
        var random = new Random(seed);
        var text = new char[chars];
        for (var index = 0; index < chars; index++)
        {
            text[index] = (char)random.Next(0x4E00, 0x9FA5);
        }

        return With("wrapupNotes", new string(text));
    }

    public string Build()
    {
        var conversationId = _body["conversationId"]!.GetValue<string>();
        var envelope = new JsonObject
        {
            ["version"] = "0",
            ["id"] = _envelopeId,
            ["detail-type"] = _topic,
            ["source"] = "aws.partner/genesys.com/cloud/organization-1/acme-events",
            ["account"] = "123456789012",
            ["time"] = SimulatedWorld.Start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["region"] = "us-east-1",
            ["resources"] = new JsonArray(),
            ["detail"] = new JsonObject
            {
                ["topicName"] = _topic.Replace("{id}", conversationId, StringComparison.Ordinal),
                ["version"] = "2",
                ["eventBody"] = _body.DeepClone(),
                ["metadata"] = new JsonObject { ["CorrelationId"] = "correlation-1" },
                ["timestamp"] = SimulatedWorld.Start.ToString(
                    "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
                    CultureInfo.InvariantCulture
                ),
            },
        };
        return envelope.ToJsonString(AsGenesysWrites);
    }
}
