using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Processor.Effects;

/// <summary>How guarded effects run. All are off unless configured: an effect is somebody's wish.</summary>
internal sealed class EffectsOptions
{
    public const string Section = "Effects";

    /// <summary>Effects under way at once in this process.</summary>
    [Range(1, 256)]
    public int Workers { get; init; } = 16;

    /// <summary>
    /// The part of the slots that messages may hold for their effects, waiting or under way. The rest is for recording: a slow
    /// outside world must not slow it.
    /// </summary>
    [Range(0.05, 0.9)]
    public double SlotShare { get; init; } = 0.5;

    /// <summary>The longest pause of a message that finds the effects' slots taken; it doubles up to <see cref="CrowdedMax"/>, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:15:00")]
    public TimeSpan Crowded { get; init; } = TimeSpan.FromSeconds(15);

    [Range(typeof(TimeSpan), "00:00:01", "11:00:00")]
    public TimeSpan CrowdedMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>One effect, finding out included. Longer than the HTTP client's total time, shorter than the lease.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a claim holds without renewal. It ends before visibility does: whoever gets the message next finds it expired.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "02:00:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>What clocks of two hosts may differ by; a lease counts as expired only that much later.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ClockSkewMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a look that did not find the effect is believed. The write that it was for may have to wait for the API's budget, and
    /// under a small limit a look before each try would leave no call for the write.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LookHolds { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longer than source retention, dead-letter retention and the time a redrive takes, together.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan ClaimRetention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Completed claims this process remembers; only those, since nothing undoes them.</summary>
    [Range(0, 1_000_000)]
    public int RememberedMax { get; init; } = 10_000;

    [ValidateObjectMembers]
    public AttributeWriteBackOptions AttributeWriteBack { get; init; } = new();
}

/// <summary>The first handler: tells the conversation in Genesys that it was recorded here.</summary>
internal sealed class AttributeWriteBackOptions
{
    public bool Enabled { get; init; }

    /// <summary>The participant attribute that is written after <c>customer.end</c>.</summary>
    [Required, RegularExpression("^[A-Za-z][A-Za-z0-9_.-]{0,63}$")]
    public string AttributeName { get; init; } = "eventStore.recorded";
}

[OptionsValidator]
internal sealed partial class EffectsOptionsValidator : IValidateOptions<EffectsOptions>;
