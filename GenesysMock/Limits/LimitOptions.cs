using System.ComponentModel.DataAnnotations;
using GenesysMock.Gate;
using Microsoft.Extensions.Options;

namespace GenesysMock.Limits;

/// <summary>How much may be asked. A limit of 0 is no limit.</summary>
internal sealed record LimitOptions
{
    public const string Section = "Mock:Limits";

    [Range(0, 1_000_000)] // What every token of the platform has.
    public int PerToken { get; init; } = 300;

    [Range(0, 1_000_000)] // Over all tokens of an OAuth client. Not documented by the platform, so off.
    public int PerClient { get; init; }

    [Range(0, 1_000_000)] // Over all tokens of the organization; practitioners report 3,000.
    public int PerOrganization { get; init; } = 3_000;

    /// <summary>The window of these three. Opened by the first request, over when it is over.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    [ValidateEnumeratedItems]
    public IReadOnlyList<EndpointLimit> Endpoints { get; init; } = [];

    /// <summary>Whether a refused request counts too. A 429 was seen with a count of 301, so it does.</summary>
    public bool CountRefused { get; init; } = true;

    public RefusalBody Body { get; init; } = RefusalBody.Current;

    public RetryAfterStyle RetryAfter { get; init; } = RetryAfterStyle.Seconds;

    [Range(300, 172_800)] // The platform's own bounds and default.
    public int TokenLifetimeSeconds { get; init; } = 86_400;

    [Range(1, 10_000)] // Tokens that a client can have at once.
    public int TokenBurst { get; init; } = 10;

    [Range(0.001, 10_000)] // Tokens that a client can have again and again.
    public double TokensPerSecond { get; init; } = 1;
}

/// <summary>A limit of some endpoints, over all tokens: for a minute, for a day, …</summary>
internal sealed record EndpointLimit
{
    /// <summary>As in <c>GET /api/v2/conversations/{id}</c> or <c>/api/v2/analytics/*</c>.</summary>
    [Required]
    [RegularExpression(EndpointPattern.Syntax)]
    public string Endpoint { get; init; } = "";

    /// <summary>Requests in a <see cref="Window"/>, of all tokens together.</summary>
    [Range(0, 1_000_000)]
    public int Allowed { get; init; }

    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    [Required]
    public string Namespace { get; init; } = "platform.api";

    [Required]
    public string Key { get; init; } = "endpoint.rate.per.minute";

    /// <summary>What a refusal says instead of the time left in the window.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

internal enum RefusalBody
{
    /// <summary><c>too.many.requests.retry.after</c> with a limit block.</summary>
    Current,

    /// <summary><c>too.many.requests</c> as in 2019, without one.</summary>
    Legacy,
}

internal enum RetryAfterStyle
{
    Seconds,

    /// <summary>An HTTP date, which the header may be as well.</summary>
    Date,

    Missing,
}

[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
