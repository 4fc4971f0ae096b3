using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Operations.Overview;

/// <summary>Where the live numbers come from.</summary>
internal sealed class OverviewOptions
{
    public const string Section = "Overview";

    /// <summary>
    /// Addresses of services that offer <c>/metrics</c>, beside those that service discovery names for processor and ingestor. Behind an
    /// address that stands for several replicas, each look meets one of them.
    /// </summary>
    [Required]
    public IReadOnlyList<Uri> Sources { get; init; } = [];

    /// <summary>Between two looks while somebody watches: well under the ten a second that a page may show.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Between two looks while nobody does: each costs three requests to SQS.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan IdleEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Samples kept for the charts: five minutes of watching.</summary>
    [Range(10, 10_000)]
    public int SamplesMax { get; init; } = 150;
}

[OptionsValidator]
internal sealed partial class OverviewOptionsValidator : IValidateOptions<OverviewOptions>;
