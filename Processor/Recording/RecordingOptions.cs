using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Processor.Recording;

/// <summary>How events are written to the table.</summary>
internal sealed class RecordingOptions
{
    public const string Section = "Recording";

    /// <summary>How long an event item is kept (the table's TTL).</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Writes of what the table left unprocessed, before the rest is given back to the queue.</summary>
    [Range(1, 10)]
    public int AttemptsMax { get; init; } = 4;

    /// <summary>How long a batch waits, while other writes are under way, for another to share its write. 0: each is written by itself.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The first pause of a throttled table; it doubles up to <see cref="BackoffMax"/>, with full jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(100);

    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Event keys this process remembers as written: a duplicate among them costs no write unit. 100 bytes each.</summary>
    [Range(0, 1_000_000)]
    public int RememberedMax { get; init; } = 20_000;

    /// <summary>
    /// Adds each duplicate this process recognises to its event's record in the table of attempts, where the timeline of a conversation
    /// finds it. Off, for it costs a write unit a duplicate.
    /// </summary>
    public bool CountDuplicates { get; init; }
}

[OptionsValidator]
internal sealed partial class RecordingOptionsValidator : IValidateOptions<RecordingOptions>;
