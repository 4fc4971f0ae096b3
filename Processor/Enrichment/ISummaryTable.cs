using Processor.Enrichment.Timeline;

namespace Processor.Enrichment;

/// <summary>A seam: the table <c>conversations</c>.</summary>
internal interface ISummaryTable
{
    /// <summary>Writes unless a summary stands there that knows more: of more events, or of as many with better details.</summary>
    Task<SummaryWrite> WriteAsync(ConversationSummary summary, CancellationToken cancellationToken);
}

internal abstract record SummaryWrite
{
    private SummaryWrite() { }

    internal sealed record Written : SummaryWrite
    {
        public static readonly Written Instance = new();
    }

    /// <summary>Another worker knew more; there is nothing left to do.</summary>
    internal sealed record Superseded : SummaryWrite
    {
        public static readonly Superseded Instance = new();
    }

    internal sealed record Unavailable(string Reason) : SummaryWrite;
}
