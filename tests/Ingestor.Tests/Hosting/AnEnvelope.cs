using System.Text.Json.Nodes;

namespace Ingestor.Tests.Hosting;

/// <summary>An event as EventBridge delivers it. The text is laid out so that a copy that was parsed and written again differs.</summary>
internal static class AnEnvelope
{
    public static string With(
        string id = "a94d52a3-4117-526f-9a98-36939675a3bb",
        string detail = """{ "topicName":"v2.x", "eventBody":{"n":1.50e+2, "u":"\u00fc/ü"} }"""
    ) =>
        $$"""
            {"version":"0",  "id":"{{id}}",
             "detail-type":"v2.detail.events.conversation.{id}.acd.end",
             "source":"aws.partner/genesys.com/cloud/51d48700-4aee-5a5d-a8a5-27a5c1471ac6/acme-events",
             "account":"123456789012","time":"2026-03-19T14:01:12Z","region":"us-east-1","resources":[],
             "detail":{{detail}}}
            """;

    public static string ArrayOf(params IEnumerable<string> envelopes) => $"[ {string.Join(" ,\n ", envelopes)} ]";

    /// <summary>One whose text has exactly so many bytes.</summary>
    public static string OfBytes(int bytes)
    {
        var empty = With(detail: """{"padding":""}""");
        return With(detail: $$"""{"padding":"{{new string('x', bytes - empty.Length)}}"}""");
    }

    public static string IdOf(string envelope) => (string)JsonNode.Parse(envelope)!["id"]!;
}
