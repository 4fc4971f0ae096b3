using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace GenesysMock.Traffic;

/// <summary>What the traffic is made of, in shares of 1. The defaults are those of a quiet day.</summary>
internal sealed record TrafficShape
{
    public const string Section = "Mock:Shape";

    /// <summary>Events delivered more than once: half of them again as they were, half published anew under a new id.</summary>
    [Range(0, 1)]
    public double Duplicates { get; init; } = 0.02;

    /// <summary>Deliveries that change places with others of the same few seconds.</summary>
    [Range(0, 1)]
    public double Reorder { get; init; } = 0.1;

    /// <summary>Deliveries that come up to a minute late.</summary>
    [Range(0, 1)]
    public double Late { get; init; } = 0.01;

    /// <summary>Things that an ingestor must take and no processor can read.</summary>
    [Range(0, 1)]
    public double Poison { get; init; } = 0.005;

    /// <summary>Events with a member, or of a topic, that nobody has seen yet.</summary>
    [Range(0, 1)]
    public double Unknown { get; init; } = 0.01;

    /// <summary>Attribute events whose body is far larger than the usual kilobyte.</summary>
    [Range(0, 1)]
    public double Large { get; init; } = 0.002;

    /// <summary>The partner bus takes 256 KB; most events have 1 to 9 KB.</summary>
    [Range(10_000, 240_000)]
    public int LargeBytesMax { get; init; } = 60_000;

    /// <summary>Voice conversations that are transcribed.</summary>
    [Range(0, 1)]
    public double Transcribed { get; init; } = 0.3;

    /// <summary>Arrivals that are no conversation but an agent, an audit, a queue or an unknown topic.</summary>
    [Range(0, 1)]
    public double Ambient { get; init; } = 0.5;

    /// <summary>How many events of each conversation are published, the first ones and the last; null is all of them.</summary>
    [Range(2, 100)]
    public int? EventsPerConversation { get; init; }

    [ValidateObjectMembers]
    public Burst? Burst { get; init; }
}

[OptionsValidator]
internal sealed partial class TrafficShapeValidator : IValidateOptions<TrafficShape>;
