using Events;
using GenesysApi;
using GenesysApi.Budget;
using GenesysApi.Calls;
using GenesysApi.Conversations;

namespace Processor.Effects;

/// <summary>
/// Tells the conversation in Genesys, after its <c>customer.end</c>, under which key it is recorded here: a participant attribute
/// that a flow, a script or a report can read. The write makes Genesys emit an <c>attributes</c> event; that event is recorded like
/// any other and is nobody's trigger, so the loop ends where it begins.
/// </summary>
internal sealed class AttributeWriteBack(
    IGenesysApi genesys,
    ApiBudget budget,
    AttributeWriteBackOptions options,
    TimeProvider time
) : IEffectHandler
{
    /// <summary>The one topic that triggers it. Never <c>attributes</c>: that is its own echo.</summary>
    private const string Trigger = "v2.detail.events.conversation.{id}.customer.end";

    private static readonly TimeSpan NotYetPause = TimeSpan.FromSeconds(30);

    public string Name => "attribute-write-back";

    public bool Handles(GenesysEvent genesysEvent) =>
        genesysEvent is { ConversationId: not null, ParticipantId: not null } && genesysEvent.Topic.Name == Trigger;

    public EffectAnswer.Deferred? MustWait(GenesysEvent genesysEvent) =>
        budget.Look(BudgetClass.Live, GenesysEndpoints.ParticipantAttributes) switch
        {
            Permit.Empty empty => new EffectAnswer.Deferred(empty.Until, Permit.Empty.Reason),
            Permit.Blocked blocked => new EffectAnswer.Deferred(blocked.Until, Permit.Blocked.Reason),
            _ => null,
        };

    public async Task<EffectAnswer> ApplyAsync(
        GenesysEvent genesysEvent,
        DateTimeOffset notAfter,
        CancellationToken lost
    )
    {
        var outcome = await genesys.PatchParticipantAttributesAsync(
            genesysEvent.ConversationId!,
            genesysEvent.ParticipantId!,
            new Dictionary<string, string> { [options.AttributeName] = genesysEvent.EventKey },
            genesysEvent.EventTime,
            notAfter,
            BudgetClass.Live,
            lost
        );

        return outcome switch
        {
            ApiOutcome<Done>.Answered => new EffectAnswer.Completed("written"),
            ApiOutcome<Done>.Deferred deferred => new EffectAnswer.Deferred(deferred.Until, deferred.Reason),
            ApiOutcome<Done>.NotYet => new EffectAnswer.Deferred(time.GetUtcNow() + NotYetPause, "not-yet"),
            ApiOutcome<Done>.Rejected rejected => new EffectAnswer.Rejected(
                $"genesys-rejected: {rejected.Status} {rejected.Code}"
            ),
            ApiOutcome<Done>.Ambiguous ambiguous => new EffectAnswer.Ambiguous(ambiguous.Reason),
            ApiOutcome<Done>.Unavailable unavailable => new EffectAnswer.Failed(unavailable.Reason),
            _ => throw new System.Diagnostics.UnreachableException($"{outcome}"),
        };
    }

    public async Task<EffectFinding> FindOutAsync(GenesysEvent genesysEvent, CancellationToken lost)
    {
        var outcome = await genesys.GetConversationAsync(
            genesysEvent.ConversationId!,
            genesysEvent.EventTime,
            BudgetClass.Live,
            lost
        );

        return outcome switch
        {
            ApiOutcome<Conversation>.Answered answered => IsWritten(answered.Value, genesysEvent)
                ? new EffectFinding.Happened()
                : new EffectFinding.DidNotHappen(),
            ApiOutcome<Conversation>.Deferred deferred => new EffectFinding.AskLater(deferred.Until, deferred.Reason),
            ApiOutcome<Conversation>.NotYet => new EffectFinding.AskLater(time.GetUtcNow() + NotYetPause, "not-yet"),
            // What does not exist was not written to; doing it again finds that out by itself. Any other refusal says nothing of it.
            ApiOutcome<Conversation>.Rejected { Status: 404 } => new EffectFinding.DidNotHappen(),
            ApiOutcome<Conversation>.Rejected rejected => new EffectFinding.Unknown(
                $"genesys-rejected: {rejected.Status} {rejected.Code}"
            ),
            ApiOutcome<Conversation>.Unavailable unavailable => new EffectFinding.Unknown(unavailable.Reason),
            ApiOutcome<Conversation>.Ambiguous ambiguous => new EffectFinding.Unknown(ambiguous.Reason),
            _ => throw new System.Diagnostics.UnreachableException($"{outcome}"),
        };
    }

    private bool IsWritten(Conversation conversation, GenesysEvent genesysEvent) =>
        conversation.Participants?.Any(participant =>
            participant.Id == genesysEvent.ParticipantId
            && participant.Attributes?.GetValueOrDefault(options.AttributeName) == genesysEvent.EventKey
        ) == true;
}
