using Processor.Announcing;
using Processor.Effects;

namespace Simulation.Coverage;

/// <summary>Where an event, or the process that has it, stood when a fault came.</summary>
internal enum Stage
{
    Idle,
    Receive,
    Record,
    Announce,
    Claim,
    Effect,
    Settle,
    Bury,
    Enrich,
    Token,
    Budget,
    Api,
    Drain,
}

/// <summary>Which stage an operation of a seam belongs to.</summary>
internal static class Stages
{
    public static Stage Of(string operation) =>
        operation switch
        {
            "ReceiveAsync" => Stage.Receive,
            "WriteAsync" => Stage.Record,
            "AnnounceAsync" or nameof(IEnrichmentRequests.SendAsync) => Stage.Announce,
            nameof(IClaimStore.ClaimAsync)
            or nameof(IClaimStore.RenewAsync)
            or nameof(IClaimStore.CompleteAsync)
            or nameof(IClaimStore.ReleaseAsync)
            or nameof(IClaimStore.MarkAmbiguousAsync)
            or nameof(IClaimStore.KeepDoubtAsync) => Stage.Claim,
            nameof(IEffectHandler.ApplyAsync) or nameof(IEffectHandler.FindOutAsync) => Stage.Effect,
            "DeleteAsync" or "ChangeVisibilityAsync" or "SendAgainAsync" or "CountAsync" => Stage.Settle,
            "BuryAsync" => Stage.Bury,
            "TokenAsync" => Stage.Token,
            "BudgetReadAsync" or "BudgetWriteAsync" => Stage.Budget,
            "ApiAsync" => Stage.Api,
            _ => Stage.Enrich,
        };
}
