using System.Diagnostics;

namespace Testing;

/// <summary>
/// What a killed process had received comes again when its visibility ends. With the times of production a test would wait for two
/// minutes; here they are shorter, in the same order. What the environment says already is left as it is.
/// </summary>
public static class ShortVisibility
{
    public static void Set(ProcessStartInfo start)
    {
        start.Environment.TryAdd("Genesys__AttemptTimeout", "00:00:04");
        start.Environment.TryAdd("Genesys__TotalTimeout", "00:00:08");
        start.Environment.TryAdd("Effects__HandlerTimeout", "00:00:09");
        start.Environment.TryAdd("Effects__Lease", "00:00:14");
        start.Environment.TryAdd("Receiving__VisibilityTimeout", "00:00:24");
        start.Environment.TryAdd("Enrichment__VisibilityTimeout", "00:00:45");
    }
}
