namespace Aspire.Hosting;

public class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    public string? AssemblyName { get; set; }

    /// <summary>Only the real Aspire starts a dashboard by itself; here this changes nothing.</summary>
    public bool DisableDashboard { get; set; }
}
