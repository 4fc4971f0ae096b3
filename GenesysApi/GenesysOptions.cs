using System.ComponentModel.DataAnnotations;
using GenesysApi.Tokens;
using Microsoft.Extensions.Options;

namespace GenesysApi;

/// <summary>How to reach Genesys Cloud, who we are there, and how much of it we may use.</summary>
public sealed class GenesysOptions
{
    public const string Section = "Genesys";

    /// <summary><c>https://api.{region's domain}</c></summary>
    [Required]
    public Uri? ApiBaseAddress { get; init; }

    /// <summary><c>https://login.{region's domain}</c>: tokens come from another host than answers.</summary>
    [Required]
    public Uri? LoginBaseAddress { get; init; }

    [Required, StringLength(200)]
    public string ClientId { get; init; } = "";

    [Required]
    public Secret? ClientSecret { get; init; }

    /// <summary>What the platform allows a token, unless a support case raised it. The headers of each answer may lower it.</summary>
    [Range(10, 30_000)]
    public int RequestsPerMinute { get; init; } = 300;

    /// <summary>One call each twenty seconds that no burst of live work can take; more comes by fair share within seconds.</summary>
    [Range(0, 1_000)]
    public int ReservePerMinute { get; init; } = 3;

    /// <summary>How many processes use this OAuth client: while the shared table is away, each keeps to its part.</summary>
    [Range(1, 100)]
    public int Replicas { get; init; } = 3;

    /// <summary>One HTTP request. A slow answer is given up while there is time for two more.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Shorter than a handler's 30 s: the handler still has time to settle what came of the call.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:05:00")]
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Only for reads, and only where an answer may come in a second; longer waits are the queue's.</summary>
    [Range(1, 5)]
    public int RetriesMax { get; init; } = 2;

    /// <summary>A hundred conversations of fifty participants each stay below this.</summary>
    [Range(64 * 1024, 256 * 1024 * 1024)]
    public int ResponseBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Analytics lags behind the call; for so long a conversation that is not there is not there yet.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan NotYetFor { get; init; } = TimeSpan.FromMinutes(10);
}

[OptionsValidator]
internal sealed partial class GenesysOptionsValidator : IValidateOptions<GenesysOptions>;

/// <summary>The rules that two settings make together.</summary>
internal sealed class GenesysLimitsValidator : IValidateOptions<GenesysOptions>
{
    public ValidateOptionsResult Validate(string? name, GenesysOptions options)
    {
        var result = new ValidateOptionsResultBuilder();

        if (options.AttemptTimeout >= options.TotalTimeout)
        {
            result.AddError(
                $"Genesys:AttemptTimeout ({options.AttemptTimeout}) must be shorter than Genesys:TotalTimeout ({options.TotalTimeout})."
            );
        }

        if (options.ReservePerMinute > options.RequestsPerMinute / 2)
        {
            result.AddError(
                $"Genesys:ReservePerMinute ({options.ReservePerMinute}) must leave half of Genesys:RequestsPerMinute ({options.RequestsPerMinute}) to live work."
            );
        }

        if (options.RequestsPerMinute < 3 * options.Replicas)
        {
            result.AddError(
                $"Genesys:RequestsPerMinute ({options.RequestsPerMinute}) must be at least three times Genesys:Replicas ({options.Replicas})."
            );
        }

        return result.Build();
    }
}
