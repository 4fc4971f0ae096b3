using Processor.Enrichment;

namespace Processor.Tests.Enrichment;

public sealed class InMemorySummariesTests : SummaryTableContract
{
    private protected override ISummaryTable Table { get; } = new InMemorySummaries();
}
