using System.Diagnostics.Metrics;
using Processor.Processing;

namespace Processor.Announcing;

internal sealed class AnnouncingMetrics
{
    private readonly Counter<long> _announced;

    public AnnouncingMetrics(IMeterFactory meters) =>
        _announced = meters
            .Create(ProcessingMetrics.MeterName)
            .CreateCounter<long>(
                "genesys.announcements",
                "{conversation}",
                "Conversations handed to enrichment, by result."
            );

    public void Announced(bool sent) =>
        _announced.Add(1, new KeyValuePair<string, object?>("result", sent ? "sent" : "failed"));
}
