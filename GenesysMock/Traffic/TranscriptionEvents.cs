using System.Text.Json;

namespace GenesysMock.Traffic;

/// <summary>
/// <c>v2.conversations.{id}.transcription</c>: times as ISO text, one utterance an event, one correlation id for all of a
/// session, and a last event without any transcript.
/// </summary>
internal sealed class TranscriptionEvents(
    Conversation conversation,
    Organization organization,
    Party agent,
    DateTimeOffset sessionStart,
    Chance chance
)
{
    private static readonly string[] Sayings =
    [
        "i ordered ten lamps last week and they have not arrived",
        "let me look that up for you one moment please",
        "the parcel left our warehouse on monday",
        "could you send me the invoice again",
        "thank you that was all i wanted to know",
        "i have been waiting for twenty minutes",
    ];

    private readonly string _correlationId = chance.Id();

    public Happening Utterance(DateTimeOffset at) =>
        Transcription(
            at,
            json =>
            {
                json.WriteStartArray("transcripts");
                WriteTranscript(json, (long)(at - sessionStart).TotalMilliseconds);
                json.WriteEndArray();
                WriteStatus(json, at, "SESSION_ONGOING");
            }
        );

    public Happening Ended(DateTimeOffset at) => Transcription(at, json => WriteStatus(json, at, "SESSION_ENDED"));

    private Happening Transcription(DateTimeOffset at, Action<Utf8JsonWriter> members) =>
        new(
            at,
            at.AddMilliseconds(chance.Between(0, 1)),
            "v2.conversations.{id}.transcription",
            $"v2.conversations.{conversation.Id}.transcription",
            JsonText.Object(json =>
            {
                json.WriteString("eventTime", JsonText.Iso(at));
                json.WriteString("organizationId", organization.Id);
                json.WriteString("conversationId", conversation.Id);
                json.WriteString("communicationId", agent.SessionId);
                json.WriteNumber("sessionStartTimeMs", sessionStart.ToUnixTimeMilliseconds());
                json.WriteNumber("transcriptionStartTimeMs", sessionStart.ToUnixTimeMilliseconds() - 47);
                members(json);
            }),
            _correlationId
        );

    private void WriteStatus(Utf8JsonWriter json, DateTimeOffset at, string status)
    {
        json.WriteStartObject("status");
        json.WriteNumber("offsetMs", (long)(at - sessionStart).TotalMilliseconds);
        json.WriteString("status", status);
        json.WriteEndObject();
    }

    private void WriteTranscript(Utf8JsonWriter json, long offsetMs)
    {
        var saying = chance.Pick(Sayings);
        var words = saying.Split(' ');
        json.WriteStartObject();
        json.WriteString("utteranceId", chance.Id());
        json.WriteBoolean("isFinal", true);
        json.WriteString("channel", chance.Happens(0.5) ? "EXTERNAL" : "INTERNAL");
        json.WriteStartArray("alternatives");
        json.WriteStartObject();
        json.WriteNumber("confidence", 0.91);
        json.WriteNumber("offsetMs", offsetMs);
        json.WriteNumber("durationMs", words.Length * 240);
        json.WriteString("transcript", saying);
        WriteWords(json, "words", words, offsetMs);
        json.WriteString("decoratedTranscript", saying);
        WriteWords(json, "decoratedWords", words, offsetMs);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("engineProvider", "GENESYS");
        json.WriteString("engineId", "r2d2");
        json.WriteString("dialect", "en-US");
        json.WriteBoolean("agentAssistEnabled", false);
        json.WriteBoolean("voiceTranscriptionEnabled", true);
        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, string name, string[] words, long offsetMs)
    {
        json.WriteStartArray(name);
        foreach (var (index, word) in words.Index())
        {
            json.WriteStartObject();
            json.WriteNumber("confidence", 0.93);
            json.WriteNumber("offsetMs", offsetMs + index * 240);
            json.WriteNumber("durationMs", 200);
            json.WriteString("word", word);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
