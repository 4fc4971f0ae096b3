using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Processor.Announcing;

/// <summary>How a conversation that reached a boundary is handed to enrichment.</summary>
internal sealed class AnnouncingOptions
{
    public const string Section = "Announcing";

    /// <summary>False where nobody reads the enrichment queue.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// How long an announcement waits in the queue. The events of a hand-over come within milliseconds of each other: those that
    /// follow within this time are covered by the first.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:15:00")]
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long an announcement waits for nine others. Its message waits with it, hidden and not deleted; ten together are a tenth
    /// of the requests.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause after the enrichment queue took nothing; it doubles up to <see cref="BackoffMax"/>, with full jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(4);

    [Range(typeof(TimeSpan), "00:00:01", "11:00:00")]
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Conversations remembered as announced and still waiting, and events remembered as announced.</summary>
    [Range(0, 1_000_000)]
    public int RememberedMax { get; init; } = 20_000;
}

[OptionsValidator]
internal sealed partial class AnnouncingOptionsValidator : IValidateOptions<AnnouncingOptions>;
