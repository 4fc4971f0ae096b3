using System.Text;
using Events;
using Processor.Testing.Building;

namespace Simulation.Traffic;

/// <summary>
/// What seeds choose from, made once in a process: whole calls of real shape, an event of each topic, variants of events, and what
/// nobody can read.
/// </summary>
internal static class EventPool
{
    private const int CallsMax = 48;
    private const string IdMark = "\"id\":\"";
    private const string BodyMark = "\"eventBody\":{";
    private const string EffectTopic = "v2.detail.events.conversation.{id}.customer.end";

    /// <summary>The events of one call each, in order.</summary>
    public static IReadOnlyList<IReadOnlyList<EmittedEvent>> Calls { get; } = MakeCalls();

    /// <summary>For each call the same events with other bodies: to Genesys the same events, to us variants.</summary>
    public static IReadOnlyList<IReadOnlyList<EmittedEvent>> Variants { get; } =
    [.. Calls.Select(call => (IReadOnlyList<EmittedEvent>)[.. call.Select(MakeVariant)])];

    public static IReadOnlyList<EmittedEvent> OneOfEachTopic { get; } = [.. Samples.OneOfEachTopic.Select(Make)];

    public static IReadOnlyList<EmittedEvent> Poison { get; } =
    [
        .. new[]
        {
            "This is not JSON.",
            "[1,2,3]",
            """{"hello":"world"}""",
            Calls[0][0].Body.Replace(BodyMark, "\"somethingElse\":{", StringComparison.Ordinal),
            Calls[0][1].Body.Replace("\"conversationId\":", "\"noConversation\":", StringComparison.Ordinal),
        }
            .Select(Make)
            .Where(emitted => emitted.IsPoison),
    ];

    private static List<IReadOnlyList<EmittedEvent>> MakeCalls()
    {
        var random = new Random(20_260_319);
        return [.. Enumerable.Range(0, CallsMax).Select(_ => MakeCall(Samples.NewId(random)))];
    }

    private static List<EmittedEvent> MakeCall(string conversationId) =>
        [
            .. Samples
                .Call(conversationId)
                .Select(body => Make(WithIdOf(body, $"{conversationId[..18]}{body.Length:D5}"))),
        ];

    private static EmittedEvent MakeVariant(EmittedEvent original) =>
        Make(original.Body.Replace(BodyMark, $"{BodyMark}\"corrected\":true,", StringComparison.Ordinal));

    private static EmittedEvent Make(string body)
    {
        var again = body.Contains(IdMark, StringComparison.Ordinal) ? WithIdOf(body, $"again-{body.Length:D30}") : body;
        if (EventDecoder.Decode(Encoding.UTF8.GetBytes(body)) is not Decoded.Event { Value: var decoded })
        {
            return new EmittedEvent(body, again);
        }

        var hasEffect =
            decoded.Topic.Name == EffectTopic && decoded is { ConversationId: not null, ParticipantId: not null };
        return new EmittedEvent(body, again)
        {
            Key = (decoded.Subject, decoded.SortKey),
            ConversationId = decoded.ConversationId,
            IsBoundary = decoded.Topic.IsBoundary,
            Effect = hasEffect ? (decoded.NaturalKey, decoded.ParticipantId!, decoded.BodyHash) : null,
        };
    }

    /// <summary>The envelope under another id: the first id there is.</summary>
    private static string WithIdOf(string body, string id)
    {
        var start = body.IndexOf(IdMark, StringComparison.Ordinal) + IdMark.Length;
        return string.Concat(body.AsSpan(0, start), id, body.AsSpan(body.IndexOf('"', start)));
    }
}
