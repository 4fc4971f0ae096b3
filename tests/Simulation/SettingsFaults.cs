using GenesysApi;
using Microsoft.Extensions.Options;
using Processor.Announcing;
using Processor.Effects;
using Processor.Enrichment;
using Processor.Processing;
using Processor.Receiving;
using Processor.Recording;
using Processor.Settlement;
using Simulation.Histories;

namespace Simulation;

/// <summary>What the validators of production say of a plan: a run on settings that no process starts with proves nothing.</summary>
internal static class SettingsFaults
{
    public static IEnumerable<string> Of(Plan plan)
    {
        var processing = new ProcessingOptions();
        var order = new TimeOrderValidator(
            Options.Create(plan.Receiving),
            Options.Create(plan.Effects),
            Options.Create(plan.Settlement),
            Options.Create(plan.Announcing),
            Options.Create(new GenesysOptions())
        );
        return new[]
        {
            new ReceivingOptionsValidator().Validate(null, plan.Receiving),
            new RecordingOptionsValidator().Validate(null, plan.Recording),
            new AnnouncingOptionsValidator().Validate(null, plan.Announcing),
            new EffectsOptionsValidator().Validate(null, plan.Effects),
            new SettlementOptionsValidator().Validate(null, plan.Settlement),
            new EnrichmentOptionsValidator().Validate(null, plan.Enrichment),
            order.Validate(null, processing),
        }.SelectMany(result => result.Failures ?? []);
    }
}
