using System.ComponentModel.DataAnnotations;
using GenesysApi;
using Microsoft.Extensions.Options;
using Processor.Processing;

namespace Processor.Enrichment;

/// <summary>How conversations are gathered, asked for and summarised.</summary>
internal sealed class EnrichmentOptions
{
    public const string Section = "Enrichment";

    /// <summary>False where another process enriches, or nobody.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Conversations of one API call. The platform's limit; real code uses all of it.</summary>
    [Range(1, GenesysLimits.IdsMax)]
    public int BatchMax { get; init; } = GenesysLimits.IdsMax;

    /// <summary>How long a batch that is not full waits for more. Each second of it saves calls and costs freshness.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long one receive waits. Short, for it also ends the linger; at two seconds an idle worker costs cents a month.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan WaitTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longer than linger, call and summaries of a whole batch together; nothing renews it.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "12:00:00")]
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>SQS ends visibility twelve hours after the receive; a longer wait is made of several.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "11:55:00")]
    public TimeSpan HiddenMax { get; init; } = TimeSpan.FromHours(11);

    /// <summary>The first pause for a conversation that the platform does not tell of yet; it doubles up to <see cref="NotYetPauseMax"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan NotYetPause { get; init; } = TimeSpan.FromSeconds(20);

    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan NotYetPauseMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After so long without an answer a conversation is summarised by its events alone.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>From here on a message is sent anew instead of received again, so that waiting never brings it to the dead letters.</summary>
    [Range(1, 1_000)]
    public int ReceivesMax { get; init; } = 15;

    /// <summary>Timelines read and summaries written at once.</summary>
    [Range(1, 100)]
    public int Parallel { get; init; } = 8;

    /// <summary>From SIGTERM until a batch under way is stopped; longer than one call in all its attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a summary is kept after it was last written; longer than the events it was made of.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(400);
}

[OptionsValidator]
internal sealed partial class EnrichmentOptionsValidator : IValidateOptions<EnrichmentOptions>;

/// <summary>The rules that several settings make together.</summary>
internal sealed class EnrichmentTimesValidator(IOptions<GenesysOptions> genesys, IOptions<ProcessingOptions> processing)
    : IValidateOptions<EnrichmentOptions>
{
    public ValidateOptionsResult Validate(string? name, EnrichmentOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (!options.Enabled)
        {
            return result.Build();
        }

        var call = Of(() => genesys.Value.TotalTimeout);
        var batch = options.Linger + options.WaitTime + call + TimeSpan.FromSeconds(30);
        result.Shorter(
            "linger, wait, call and 30 s for the summaries",
            batch,
            "Enrichment:VisibilityTimeout",
            options.VisibilityTimeout
        );
        result.Shorter("Genesys:TotalTimeout", call, "Enrichment:Grace", options.Grace);
        result.Shorter(
            "Enrichment:NotYetPause",
            options.NotYetPause,
            "Enrichment:NotYetPauseMax",
            options.NotYetPauseMax
        );
        if (Of(() => processing.Value.ShutdownTimeout) is { Ticks: > 0 } shutdown)
        {
            result.Shorter("Enrichment:Grace", options.Grace, "Processing:ShutdownTimeout", shutdown);
        }

        return result.Build();
    }

    /// <summary>A setting of another part; if that part is wrong in itself, it says so, and nothing can be said together.</summary>
    private static TimeSpan Of(Func<TimeSpan> setting)
    {
        try
        {
            return setting();
        }
        catch (OptionsValidationException)
        {
            return TimeSpan.Zero;
        }
    }
}
