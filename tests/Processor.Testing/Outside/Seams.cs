using Processor.Announcing;
using Processor.Effects;
using Processor.Receiving;
using Processor.Recording;
using Processor.Settlement;

namespace Processor.Testing.Outside;

/// <summary>Where the Processor meets the world; behind each there is a fake or the real thing.</summary>
internal sealed record Seams(
    IEventQueue Queue,
    IEventTable Table,
    IClaimStore Claims,
    IAttemptStore Attempts,
    IDeadLetterQueue DeadLetters,
    IEnrichmentRequests Enrichment
);
