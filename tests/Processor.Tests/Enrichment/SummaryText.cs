using System.Text.Json;
using Processor.Enrichment;
using Processor.Enrichment.Timeline;

namespace Processor.Tests.Enrichment;

/// <summary>A summary as its readers get it: two that read the same are the same.</summary>
internal static class SummaryText
{
    public static string Of(ConversationSummary summary) =>
        JsonSerializer.Serialize(summary, SummaryJson.Default.ConversationSummary);
}
