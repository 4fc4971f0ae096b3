using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Processor.Settlement;

/// <summary>How outcomes are carried out on the queue.</summary>
internal sealed class SettlementOptions
{
    public const string Section = "Settlement";

    /// <summary>How long a delete waits for nine others. Much shorter than any visibility, long enough to fill a batch under load.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:05")]
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Batch calls under way at once, of deletes and of visibility changes each.</summary>
    [Range(1, 64)]
    public int CallsMax { get; init; } = 4;

    /// <summary>Calls for one batch before its rest is remembered (a delete) or left to time (a visibility).</summary>
    [Range(1, 10)]
    public int CallAttemptsMax { get; init; } = 4;

    /// <summary>The longest pause between two calls for one batch; it doubles, with full jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30")]
    public TimeSpan CallBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Transient failures of one event, over all replicas, before it may become a dead letter; it does when
    /// <see cref="TransientFor"/> is over too.
    /// </summary>
    [Range(1, 1_000)]
    public int TransientAttemptsMax { get; init; } = 8;

    /// <summary>
    /// How long an event fails at the least before it is given up. Eight attempts are made in five minutes, and many an outage is
    /// longer than that.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "3.00:00:00")]
    public TimeSpan TransientFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The longest pause after a first failure; it doubles up to <see cref="RetryBackoffMax"/>, with full jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RetryBackoff { get; init; } = TimeSpan.FromSeconds(4);

    [Range(typeof(TimeSpan), "00:00:01", "11:00:00")]
    public TimeSpan RetryBackoffMax { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Receives after which a deferred message is sent again instead of hidden: a copy starts at zero. Well below the queue's
    /// <c>maxReceiveCount</c> (20), which is a backstop and must not decide.
    /// </summary>
    [Range(1, 900)]
    public int ReceivesMax { get; init; } = 10;

    /// <summary>The source queue's retention (4 days in the template). A message that would expire while it is hidden is sent again.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "14.00:00:00")]
    public TimeSpan SourceRetention { get; init; } = TimeSpan.FromDays(4);

    /// <summary>The dead-letter queue's retention (14 days in the template): it must outlive the source's.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "14.00:00:00")]
    public TimeSpan DeadLetterRetention { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long a count of attempts is kept.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan AttemptsRetention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Messages that are done but could not be deleted, remembered so that their next delivery costs no work.</summary>
    [Range(0, 1_000_000)]
    public int UndeletedMax { get; init; } = 10_000;
}

[OptionsValidator]
internal sealed partial class SettlementOptionsValidator : IValidateOptions<SettlementOptions>;
