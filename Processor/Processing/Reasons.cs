namespace Processor.Processing;

/// <summary>Why a message did not go straight through, in few and stable words: they are tags, attributes and groups on a page.</summary>
internal static class Reasons
{
    public const string TableThrottled = "table-throttled";
    public const string TableUnavailable = "table-unavailable";
    public const string TableRefused = "table-refused";
    public const string QueueUnavailable = "queue-unavailable";
    public const string ClaimHeld = "claim-held";
    public const string ClaimsUnavailable = "claims-unavailable";
    public const string ClaimLost = "claim-lost";
    public const string VisibilityTooShort = "visibility-too-short";
    public const string TimeoutTooShort = "function-timeout-too-short";
    public const string PayloadDiffers = "payload-differs";
    public const string EffectsCrowded = "effects-crowded";
    public const string EffectTimeout = "effect-timeout";
    public const string NotYetDue = "not-yet-due";
    public const string ShuttingDown = "shutting-down";
    public const string Unexpected = "unexpected-error";
}
