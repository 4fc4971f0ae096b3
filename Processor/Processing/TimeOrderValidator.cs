using GenesysApi;
using Microsoft.Extensions.Options;
using Processor.Announcing;
using Processor.Effects;
using Processor.Receiving;
using Processor.Settlement;
using ServiceDefaults;

namespace Processor.Processing;

/// <summary>
/// The order that durations of different parts must keep; each line prevents a way of losing or doubling. All faults are named at
/// once, before the first message is received.
/// </summary>
internal sealed class TimeOrderValidator(
    IOptions<ReceivingOptions> receiving,
    IOptions<EffectsOptions> effects,
    IOptions<SettlementOptions> settlement,
    IOptions<AnnouncingOptions> announcing,
    IOptions<GenesysOptions> genesys
) : IValidateOptions<ProcessingOptions>
{
    /// <summary>What a dead letter may wait for a person beyond its retention: a redrive starts retention anew.</summary>
    private static readonly TimeSpan RedriveWindow = TimeSpan.FromDays(7);

    public ValidateOptionsResult Validate(string? name, ProcessingOptions options)
    {
        try
        {
            return Validate(
                options,
                receiving.Value,
                effects.Value,
                settlement.Value,
                announcing.Value,
                // Nobody calls the API for an effect that is off, and then it need not be configured.
                effects.Value.AttributeWriteBack.Enabled
                    ? genesys.Value
                    : null
            );
        }
        catch (OptionsValidationException)
        {
            // A part is wrong in itself and says so; what it would mean together cannot be told.
            return ValidateOptionsResult.Success;
        }
    }

    private static ValidateOptionsResult Validate(
        ProcessingOptions processing,
        ReceivingOptions receiving,
        EffectsOptions effects,
        SettlementOptions settlement,
        AnnouncingOptions announcing,
        GenesysOptions? genesys
    )
    {
        var result = new ValidateOptionsResultBuilder();

        result.Shorter("Effects:Crowded", effects.Crowded, "Effects:CrowdedMax", effects.CrowdedMax);
        if (genesys is not null)
        {
            result.Shorter(
                "Genesys:TotalTimeout",
                genesys.TotalTimeout,
                "Effects:HandlerTimeout",
                effects.HandlerTimeout
            );
        }

        result.Shorter("Effects:HandlerTimeout", effects.HandlerTimeout, "Effects:Lease", effects.Lease);
        result.Shorter(
            "Effects:Lease + Effects:ClockSkewMax",
            effects.Lease + effects.ClockSkewMax,
            "Receiving:VisibilityTimeout",
            receiving.VisibilityTimeout
        );
        result.Shorter(
            "Effects:HandlerTimeout + Effects:ClockSkewMax",
            effects.HandlerTimeout + effects.ClockSkewMax,
            "seven twelfths of Receiving:VisibilityTimeout, which the heartbeat leaves at any moment",
            receiving.VisibilityLeftMin
        );
        result.Shorter(
            "Receiving:VisibilityTimeout",
            receiving.VisibilityTimeout,
            "Receiving:VisibilityMax",
            receiving.VisibilityMax
        );
        result.Shorter("Receiving:Backoff", receiving.Backoff, "Receiving:BackoffMax", receiving.BackoffMax);
        result.Shorter(
            "Settlement:Linger",
            settlement.Linger,
            "a quarter of Receiving:VisibilityTimeout",
            receiving.VisibilityTimeout / 4
        );
        result.Shorter(
            "Announcing:Linger",
            announcing.Linger,
            "a quarter of Receiving:VisibilityTimeout",
            receiving.VisibilityTimeout / 4
        );
        result.Shorter("Announcing:Backoff", announcing.Backoff, "Announcing:BackoffMax", announcing.BackoffMax);
        result.Shorter(
            "Settlement:RetryBackoff",
            settlement.RetryBackoff,
            "Settlement:RetryBackoffMax",
            settlement.RetryBackoffMax
        );
        result.Shorter(
            "Announcing:Linger + Effects:HandlerTimeout + Settlement:Linger",
            announcing.Linger + effects.HandlerTimeout + settlement.Linger,
            "Processing:Grace",
            processing.Grace
        );
        result.Shorter("Receiving:WaitTime", receiving.WaitTime, "Processing:Grace", processing.Grace);
        result.Shorter(
            $"Processing:Grace + {AwsClients.CallTimeout} for the last delete",
            processing.Grace + AwsClients.CallTimeout,
            "Processing:ShutdownTimeout",
            processing.ShutdownTimeout
        );
        result.Shorter(
            "Settlement:SourceRetention",
            settlement.SourceRetention,
            "Settlement:DeadLetterRetention",
            settlement.DeadLetterRetention
        );
        result.Shorter(
            "Settlement:SourceRetention + Settlement:DeadLetterRetention + 7 days for a redrive",
            settlement.SourceRetention + settlement.DeadLetterRetention + RedriveWindow,
            "Effects:ClaimRetention",
            effects.ClaimRetention
        );

        return result.Build();
    }
}
