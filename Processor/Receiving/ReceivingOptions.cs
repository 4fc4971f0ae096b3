using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Processor.Receiving;

/// <summary>How much is taken from the queue at a time, and how long it stays ours.</summary>
internal sealed class ReceivingOptions
{
    public const string Section = "Receiving";

    /// <summary>False where another takes the events, as a Lambda function does; this process then only enriches.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Messages under way at once in this process. Nothing is received that could not start: this is the only buffer.</summary>
    [Range(1, 10_000)]
    public int Slots { get; init; } = 160;

    /// <summary>A poller fetches ten at a time; with twice that many slots each, one batch is recorded while the next one travels.</summary>
    [Range(10, 1_000)]
    public int SlotsPerPoller { get; init; } = 20;

    /// <summary>How long a receive waits for a first message. SQS allows 20 s; shorter polls cost more and end sooner at a stop.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:20")]
    public TimeSpan WaitTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a received message is hidden from others. The heartbeat renews it when a third is over.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "12:00:00")]
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>SQS ends visibility twelve hours after the first receive; nothing of ours may come near that.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "11:55:00")]
    public TimeSpan VisibilityMax { get; init; } = TimeSpan.FromHours(11);

    /// <summary>The first pause when SQS does not answer; it doubles up to <see cref="BackoffMax"/>, with full jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(500);

    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How often the heartbeat looks: four times in the third that passes before it renews.</summary>
    public TimeSpan Beat => VisibilityTimeout / 12;

    /// <summary>What has less than this left is renewed at the next beat.</summary>
    public TimeSpan RenewedBelow => VisibilityTimeout * 2 / 3;

    /// <summary>
    /// What a message that waits here has left at any moment. It must do for a whole effect: with half instead of two thirds, one
    /// that gets its turn just before a beat would have to go back for want of time.
    /// </summary>
    public TimeSpan VisibilityLeftMin => RenewedBelow - Beat;

    public int Pollers => Math.Max(1, Slots / SlotsPerPoller);
}

[OptionsValidator]
internal sealed partial class ReceivingOptionsValidator : IValidateOptions<ReceivingOptions>;
