using System.ComponentModel.DataAnnotations;
using GenesysMock.Gate;
using Microsoft.Extensions.Options;

namespace GenesysMock.Faults;

/// <summary>What goes wrong, and how far the analytics lag behind.</summary>
internal sealed record FaultOptions
{
    public const string Section = "Mock:Faults";

    /// <summary>Tried in this order. Delays add up; of the others the first that strikes decides.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<Fault> Rules { get; init; } = [];

    /// <summary>A conversation is unknown to analytics until so long after its first event was published.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DetailsAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Analytics know a wrap-up so long after it was made; practitioners see 30 to 45 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan WrapUpAfter { get; init; } = TimeSpan.FromSeconds(30);
}

internal sealed record Fault : IValidatableObject
{
    public FaultKind Kind { get; init; }

    /// <summary>As in <c>GET /api/v2/conversations/{id}</c>, <c>/api/v2/analytics/*</c> or <c>POST /oauth/token</c>.</summary>
    [RegularExpression(EndpointPattern.Syntax)]
    public string Endpoint { get; init; } = "*";

    /// <summary>The share of requests it strikes.</summary>
    [Range(0, 1)]
    public double Rate { get; init; } = 1;

    /// <summary>How often it strikes before it is over; without it, until the faults are changed.</summary>
    [Range(1, 1_000_000)]
    public int? Times { get; init; }

    /// <summary>Of a <see cref="FaultKind.Status"/>.</summary>
    [AllowedValues(400, 403, 404, 408, 409, 500, 502, 503, 504)]
    public int Status { get; init; } = 503;

    public FaultBody Body { get; init; } = FaultBody.Json;

    /// <summary>A <see cref="FaultKind.Latency"/> lies between this and <see cref="To"/>.</summary>
    public TimeSpan From { get; init; }

    public TimeSpan To { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (From < TimeSpan.Zero || To < From || To > TimeSpan.FromMinutes(5))
        {
            yield return new ValidationResult(
                $"From ({From}) must not be negative nor longer than To ({To}), and To at most five minutes.",
                [nameof(From), nameof(To)]
            );
        }
    }
}

internal enum FaultKind
{
    /// <summary>The answer takes longer, and is right.</summary>
    Latency,

    /// <summary>An error with a status and a body.</summary>
    Status,

    /// <summary>A 401, and from then on the token that was used is worth nothing.</summary>
    Unauthorized,

    /// <summary>No answer, ever.</summary>
    Hang,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>What was asked for is done, and the connection is reset instead of the answer.</summary>
    Lost,
}

internal enum FaultBody
{
    /// <summary>The platform's error body.</summary>
    Json,

    /// <summary>A gateway's page.</summary>
    Html,

    Empty,
}

[OptionsValidator]
internal sealed partial class FaultOptionsValidator : IValidateOptions<FaultOptions>;
