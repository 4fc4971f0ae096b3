using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>
/// What a killed process had received comes again when its visibility ends. With the times of production a test would wait for two
/// minutes; here they are shorter, in the same order.
/// </summary>
internal static class ShortVisibility
{
    public static void Set(ProcessStartInfo start)
    {
        start.Environment["Genesys__AttemptTimeout"] = "00:00:04";
        start.Environment["Genesys__TotalTimeout"] = "00:00:08";
        start.Environment["Effects__HandlerTimeout"] = "00:00:09";
        start.Environment["Effects__Lease"] = "00:00:14";
        start.Environment["Receiving__VisibilityTimeout"] = "00:00:24";
        start.Environment["Enrichment__VisibilityTimeout"] = "00:00:45";
    }
}
