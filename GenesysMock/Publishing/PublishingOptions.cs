using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace GenesysMock.Publishing;

/// <summary>Where events go, and how, as an EventBridge API destination sends them.</summary>
internal sealed class PublishingOptions
{
    public const string Section = "Mock";

    /// <summary>Where events are posted. Without it, the service named <c>ingestor</c>; without that, there is no traffic.</summary>
    public Uri? IngestorUrl { get; set; }

    /// <summary>The secret of the API destination's connection.</summary>
    public string? IngestorApiKey { get; init; }

    [Required]
    public string IngestorApiKeyHeader { get; init; } = "x-api-key";

    [Range(1, 100)] // 1 sends a single envelope as EventBridge does; more send an array, which costs both sides less.
    public int IngestorBatchSize { get; init; } = 10;

    [Range(1, 64)] // Requests under way at once.
    public int IngestorConnections { get; init; } = 8;

    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")] // EventBridge gives an API destination five seconds.
    public TimeSpan IngestorTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The first pause before a refused delivery is sent again; it doubles up to <see cref="RetryDelayMax"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelayMin { get; init; } = TimeSpan.FromMilliseconds(100);

    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromSeconds(10);
}

[OptionsValidator]
internal sealed partial class PublishingOptionsValidator : IValidateOptions<PublishingOptions>;

/// <summary>What an attribute cannot say: two of them together, and what a URL must be.</summary>
internal sealed class PublishingTermsValidator : IValidateOptions<PublishingOptions>
{
    public ValidateOptionsResult Validate(string? name, PublishingOptions options)
    {
        var faults = new List<string>();
        if (options.RetryDelayMin > options.RetryDelayMax)
        {
            faults.Add(
                $"Mock:RetryDelayMin ({options.RetryDelayMin}) must not be longer than Mock:RetryDelayMax ({options.RetryDelayMax})."
            );
        }

        if (options.IngestorUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
        {
            faults.Add($"Mock:IngestorUrl ({url}) must be an absolute http or https address.");
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
