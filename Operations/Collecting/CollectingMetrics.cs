using System.Diagnostics.Metrics;
using Operations.DeadLetters;

namespace Operations.Collecting;

internal sealed class CollectingMetrics
{
    public const string MeterName = "Genesys.Operations";

    private readonly Counter<long> _collected;
    private readonly Counter<long> _arrived;

    public CollectingMetrics(IMeterFactory meters, LetterIndex index)
    {
        var meter = meters.Create(MeterName);
        _collected = meter.CreateCounter<long>(
            "genesys.operations.collected",
            "{message}",
            "Messages received from the queue of dead letters, by whether they could be stored."
        );
        _arrived = meter.CreateCounter<long>(
            "genesys.operations.arrived",
            "{letter}",
            "Letters that arrived, by class and by what is new about them."
        );
        meter.CreateObservableGauge<int>(
            "genesys.operations.dead_letters",
            // Of a table that was never read nothing is told: no number is no zero.
            () => index.IsKnown ? [new Measurement<int>(index.Open.Count())] : Array.Empty<Measurement<int>>(),
            "{letter}",
            "Letters that nobody has decided about. An alarm belongs on this: the queue itself is emptied."
        );
    }

    public void Collected(int stored, int left)
    {
        _collected.Add(stored, new KeyValuePair<string, object?>("result", "stored"));
        _collected.Add(left, new KeyValuePair<string, object?>("result", "left"));
    }

    public void Arrived(Letter letter) =>
        _arrived.Add(1, new("class", letter.Class), new("result", letter.History[^1].What));
}
