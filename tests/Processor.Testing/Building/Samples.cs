using System.Text.Json;

namespace Processor.Testing.Building;

/// <summary>Envelopes of real shape with invented content: one a topic, and the whole life of one call.</summary>
internal static class Samples
{
    /// <summary>The conversation of the lifecycle sample; a copy of the call needs another.</summary>
    private const string LifecycleConversation = "bc877f8f-d2b6-5e0c-b16f-9e167586ddca";

    private static readonly string[] Resources = typeof(Samples).Assembly.GetManifestResourceNames();

    private static readonly string[] LifecycleLines =
    [
        .. Read("Samples/lifecycle-inbound-voice.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>One envelope of each topic there is a sample of, as Genesys would put it on the wire.</summary>
    public static IReadOnlyList<string> OneOfEachTopic { get; } =
    [
        .. Resources
            .Where(name => name.StartsWith("Samples/eb-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Compact(Read(name))),
    ];

    /// <summary>The events of one call, in order.</summary>
    public static IReadOnlyList<string> Call(string conversationId) =>
        [
            .. LifecycleLines.Select(line =>
                line.Replace(LifecycleConversation, conversationId, StringComparison.Ordinal)
            ),
        ];

    /// <summary>The events of as many calls as are needed, in the order of a busy hour: calls overlap.</summary>
    public static IReadOnlyList<string> Calls(int events, Random random)
    {
        const int Overlapping = 20;
        var open = new List<Queue<string>>();
        var traffic = new List<string>(events);
        while (traffic.Count < events)
        {
            while (open.Count < Overlapping)
            {
                open.Add(new Queue<string>(Call(NewId(random))));
            }

            var call = open[random.Next(open.Count)];
            traffic.Add(call.Dequeue());
            if (call.Count == 0)
            {
                open.Remove(call);
            }
        }

        return traffic;
    }

    public static string NewId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private static string Compact(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document);
    }

    private static string Read(string name)
    {
        using var stream = typeof(Samples).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
