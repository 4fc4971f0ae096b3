using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Proof;

/// <summary>What is to be proven, and how long it may take.</summary>
internal sealed class ProofOptions
{
    public const string Section = "Proof";

    /// <summary>Distinct events the mock is to emit, poison included.</summary>
    [Range(1, 1_000_000)]
    public int Events { get; init; } = 5_000;

    /// <summary>Of the traffic: the same seed makes the same events.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Share of the events that are delivered more than once.</summary>
    [Range(0.0, 1.0)]
    public double Duplicates { get; init; } = 0.05;

    /// <summary>Share of the events that arrive out of turn.</summary>
    [Range(0.0, 1.0)]
    public double Reorder { get; init; } = 0.2;

    /// <summary>Share of the events that look like events and are none.</summary>
    [Range(0.0, 1.0)]
    public double Poison { get; init; } = 0.005;

    /// <summary>Events a second; null is as fast as they are taken.</summary>
    [Range(1, 100_000)]
    public double? RatePerSecond { get; init; }

    /// <summary>Whether every conversation that reached a boundary must have a summary in the end.</summary>
    public bool Enrichment { get; init; } = true;

    /// <summary>
    /// Whether the Ingestor or SQS lose answers, as when they are killed or cut off. What was sent without an answer is sent again as another
    /// message, and poison has no key by which the second could be known: its letters are repeated then, not doubled, as far as it was
    /// sent so often. Nor can a claim hold a process that stood still.
    /// </summary>
    public bool Disturbed { get; init; }

    /// <summary>Whether the Processors write back to the participants, so that each end of a customer must have been written, and once.</summary>
    public bool WriteBack { get; init; }

    /// <summary>Past this the proof has failed, and what is missing is named.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(3);
}

[OptionsValidator]
internal sealed partial class ProofOptionsValidator : IValidateOptions<ProofOptions>;
