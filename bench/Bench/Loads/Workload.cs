using System.Text.Json.Nodes;

namespace Bench.Loads;

/// <summary>
/// What every candidate gets: the first steps of many calls, in the order of a busy hour, with duplicates and with poison among them. The
/// same seed makes the same messages.
/// </summary>
internal sealed record Workload(IReadOnlyList<string> Bodies, int Distinct, int Poison)
{
    private const string PublishedAt = "2026-03-19T14:01:12.400Z";

    private const int EventsACall = 5;
    private const int Overlapping = 40;

    /// <summary>Length of an ordinary body; the samples are padded to it in a member that no topic knows.</summary>
    private const int Bytes = 1_500;
    private const int SpacingOfDuplicates = 500;
    private const string SampleConversation = "bc877f8f-d2b6-5e0c-b16f-9e167586ddca";

    /// <param name="messages">How many messages in all.</param>
    /// <param name="seed">The same seed, the same messages.</param>
    /// <param name="duplicateShare">Of these, how many are the same event again.</param>
    /// <param name="poisonShare">How many are no events.</param>
    public static Workload Of(int messages, int seed, double duplicateShare = 0.05, double poisonShare = 0.005)
    {
        var random = new Random(seed);
        var poison = (int)(messages * poisonShare);
        var duplicates = (int)(messages * duplicateShare);
        var distinct = Calls(messages - poison - duplicates, random);

        // A duplicate comes when nobody can still be at the first: to whoever claims an event before its work, one that comes sooner is in
        // progress elsewhere and waits for its visibility to end, a minute that would be all one measures.
        var spacing = Math.Min(SpacingOfDuplicates, distinct.Count / 2);
        var bodies = new List<string>(distinct);
        for (var index = 0; index < duplicates; index++)
        {
            var first = random.Next(bodies.Count - spacing);
            bodies.Insert(random.Next(first + spacing, bodies.Count + 1), bodies[first]);
        }

        for (var index = 0; index < poison; index++)
        {
            bodies.Insert(
                random.Next(bodies.Count + 1),
                $$$"""{"version":"0","id":"poison-{{{index}}}","source":"aws.partner/genesys.com","detail-type":"x","detail":{}}"""
            );
        }

        return new Workload(bodies, distinct.Count, poison);
    }

    public override string ToString() =>
        $"{Bodies.Count:N0} messages of {Bodies.Average(body => body.Length):N0} bytes, {Distinct:N0} distinct, {Poison:N0} poison";

    private static List<string> Calls(int events, Random random)
    {
        var lines = Lines();
        var open = new List<(string Conversation, int Step)>();
        var traffic = new List<string>(events);
        while (traffic.Count < events)
        {
            while (open.Count < Overlapping)
            {
                open.Add((NewId(random), 0));
            }

            var chosen = random.Next(open.Count);
            var (conversation, step) = open[chosen];
            traffic.Add(
                lines[step]
                    .Replace(SampleConversation, conversation, StringComparison.Ordinal)
                    .Replace("ENVELOPE-ID", NewId(random), StringComparison.Ordinal)
            );
            open[chosen] = (conversation, step + 1);
            if (step + 1 == EventsACall)
            {
                open.RemoveAt(chosen);
            }
        }

        return traffic;
    }

    private static string[] Lines()
    {
        using var stream = typeof(Workload).Assembly.GetManifestResourceStream("lifecycle.jsonl")!;
        using var reader = new StreamReader(stream);
        return
        [
            .. reader
                .ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Take(EventsACall)
                .Select(line => Padded(JsonNode.Parse(line)!)),
        ];
    }

    private static string Padded(JsonNode envelope)
    {
        envelope["id"] = "ENVELOPE-ID";
        envelope["detail"]!["timestamp"] = PublishedAt;
        var eventBody = envelope["detail"]!["eventBody"]!;
        eventBody["attributes"] = new JsonObject { ["note"] = "" };
        var missing = Bytes - envelope.ToJsonString().Length;
        if (missing > 0)
        {
            // Words, not one letter: what compresses to nothing would flatter whoever compresses.
            var words = new Random(Bytes);
            eventBody["attributes"]!["note"] = string.Create(
                missing,
                words,
                static (text, random) =>
                {
                    for (var at = 0; at < text.Length; at++)
                    {
                        text[at] = at % 7 == 6 ? ' ' : (char)('a' + random.Next(26));
                    }
                }
            );
        }

        return envelope.ToJsonString();
    }

    private static string NewId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
