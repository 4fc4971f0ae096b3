using System.Diagnostics.Metrics;
using Processor.Processing;

namespace Processor.Effects;

internal sealed class EffectMetrics
{
    private readonly Counter<long> _claims;
    private readonly Counter<long> _effects;

    public EffectMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ProcessingMetrics.MeterName);
        _claims = meter.CreateCounter<long>("genesys.claims", "{claim}", "Claims asked for, by handler and answer.");
        _effects = meter.CreateCounter<long>("genesys.effects", "{effect}", "Runs of effects, by handler and answer.");
    }

    public void Claimed(string handler, string answer) =>
        _claims.Add(1, new("handler", handler), new("answer", answer));

    public void Applied(string handler, EffectAnswer answer) =>
        _effects.Add(
            1,
            new("handler", handler),
            new(
                "answer",
                answer switch
                {
                    EffectAnswer.Completed => "completed",
                    EffectAnswer.Deferred => "deferred",
                    EffectAnswer.Failed => "failed",
                    EffectAnswer.Rejected => "rejected",
                    _ => "ambiguous",
                }
            )
        );
}
