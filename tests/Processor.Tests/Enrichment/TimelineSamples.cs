using System.Text;
using System.Text.Json;
using Events;
using GenesysApi.Conversations;
using Processor.Enrichment.Timeline;
using Testing;

namespace Processor.Tests.Enrichment;

/// <summary>The life of one inbound call: fifteen events of real shape, and what analytics tells of it afterwards.</summary>
internal static class TimelineSamples
{
    public const string ConversationId = "bc877f8f-d2b6-5e0c-b16f-9e167586ddca";

    public static IReadOnlyList<RecordedEvent> Lifecycle { get; } =
    [
        .. File.ReadAllLines(Sample("Events.Tests", "lifecycle-inbound-voice.jsonl"))
            .Where(line => line.Length > 0)
            .Select(Recorded),
    ];

    public static ConversationDetails Details { get; } =
        JsonSerializer
            .Deserialize<ConversationDetailsPage>(
                File.ReadAllText(Sample("GenesysApi.Tests", "api-get-analytics-conversations-details-multi.json")),
                JsonSerializerOptions.Web
            )!
            .Conversations![0];

    public static IReadOnlyList<RecordedEvent> Only(params string[] steps) =>
        [
            .. Lifecycle.Where(recorded =>
                steps.Any(step => recorded.Kind.EndsWith($".{step}", StringComparison.Ordinal))
            ),
        ];

    public static IReadOnlyList<RecordedEvent> Without(params string[] steps) => [.. Lifecycle.Except(Only(steps))];

    /// <summary>An event of the life with other words in its body.</summary>
    public static RecordedEvent With(string step, string oldText, string newText)
    {
        var recorded = Assert.Single(Only(step));
        Assert.Contains(oldText, recorded.Body, StringComparison.Ordinal);
        return recorded with { Body = recorded.Body.Replace(oldText, newText, StringComparison.Ordinal) };
    }

    private static RecordedEvent Recorded(string envelope)
    {
        var genesysEvent = Assert.IsType<Decoded.Event>(EventDecoder.Decode(Encoding.UTF8.GetBytes(envelope))).Value;
        return new RecordedEvent(
            genesysEvent.SortKey,
            genesysEvent.DetailType,
            genesysEvent.PublishedAt,
            genesysEvent.PublishedAt + TimeSpan.FromMilliseconds(150),
            Encoding.UTF8.GetString(genesysEvent.EventBody.Span)
        );
    }

    private static string Sample(string project, string file) => Repository.PathOf("tests", project, "Samples", file);
}
