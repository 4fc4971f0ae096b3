namespace Operations.Previewing;

/// <summary>Reasons that only an effect gives: the event was recorded before it failed.</summary>
internal static class EffectReasons
{
    private static readonly string[] Known =
    [
        "effect-timeout",
        "claim-lost",
        "claims-unavailable",
        "payload-differs",
        "function-timeout-too-short",
        "genesys-rejected",
    ];

    /// <param name="reason">As the Processor wrote it: a word, and behind a colon what was meant.</param>
    public static bool Contains(string reason) =>
        Known.Contains(reason.Split(':', 2)[0].Trim(), StringComparer.Ordinal);
}
