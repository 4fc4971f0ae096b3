using System.Text.Json;

namespace GenesysMock.Traffic;

/// <summary>
/// The events <c>v2.detail.events.conversation.{id}.*</c> of one conversation, member by member in the order Genesys writes
/// them. A member without a value is left out, never null.
/// </summary>
internal sealed class DetailEvents(
    Conversation conversation,
    Organization organization,
    Chance chance,
    double unknownMembers
)
{
    public Happening CustomerStart(Party party, DateTimeOffset at) =>
        Detail(
            "customer.start",
            party,
            at,
            json =>
            {
                json.WriteString("externalContactId", conversation.ExternalContactId);
                json.WriteContacts(conversation);
                json.WriteDivision(conversation);
            }
        );

    public Happening CustomerEnd(Party party, DateTimeOffset at, string disconnectType, TimeSpan interacting) =>
        Detail(
            "customer.end",
            party,
            at,
            json =>
            {
                json.WriteString("externalContactId", conversation.ExternalContactId);
                json.WriteDuration("interactingDurationMs", interacting);
                json.WriteContacts(conversation);
            },
            disconnectType
        );

    public Happening Outbound(Party party, DateTimeOffset at) =>
        Detail(
            "outbound",
            party,
            at,
            json =>
            {
                json.WriteString("outboundCampaignId", organization.CampaignId);
                json.WriteDivision(conversation);
                json.WriteString("outboundContactListId", organization.ContactListId);
                json.WriteString("outboundContactId", $"contact-{chance.Between(1, 99_999)}");
                json.WriteContacts(conversation);
            }
        );

    public Happening Contact(Party party, DateTimeOffset at) =>
        Detail(
            "contact",
            party,
            at,
            json =>
            {
                json.WriteString("externalContactId", conversation.ExternalContactId);
                json.WriteContacts(conversation);
                json.WriteDivision(conversation);
            }
        );

    public Happening FlowStart(Party party, DateTimeOffset at, Flow flow) =>
        Detail(
            "flow.start",
            party,
            at,
            json =>
            {
                json.WriteFlow(conversation, flow);
                json.WriteContacts(conversation);
            }
        );

    public Happening FlowOutcome(Party party, DateTimeOffset at, Flow flow, DateTimeOffset flowStart) =>
        Detail(
            "flow.outcome",
            party,
            at,
            json =>
            {
                json.WriteFlow(conversation, flow);
                json.WriteString("flowOutcomeId", flow.OutcomeId);
                json.WriteNumber("flowOutcomeStartTime", flowStart.ToUnixTimeMilliseconds());
                json.WriteNumber("flowOutcomeEndTime", at.ToUnixTimeMilliseconds());
                json.WriteString("flowOutcomeValue", chance.Happens(0.9) ? "SUCCESS" : "FAILURE");
                json.WriteStartArray("flowMilestones");
                json.WriteMilestone(flow.FirstMilestoneId, flowStart);
                json.WriteMilestone(flow.LastMilestoneId, at);
                json.WriteEndArray();
                json.WriteContacts(conversation);
            }
        );

    public Happening FlowEnd(Party party, DateTimeOffset at, Flow flow, TimeSpan connected, bool toQueue) =>
        Detail(
            "flow.end",
            party,
            at,
            json =>
            {
                json.WriteFlow(conversation, flow);
                json.WriteDuration("connectedDurationMs", connected);
                json.WriteContacts(conversation);
                json.WriteString("exitReason", toQueue ? "TRANSFER" : "DISCONNECT");
                if (toQueue)
                {
                    json.WriteString("transferType", "ACD");
                }
            },
            toQueue ? "TRANSFER" : "ENDPOINT"
        );

    public Happening AcdStart(Party party, DateTimeOffset at, WorkQueue queue) =>
        Detail(
            "acd.start",
            party,
            at,
            json =>
            {
                json.WriteString("queueId", queue.Id);
                json.WriteDivision(conversation);
                json.WriteContacts(conversation);
                json.WriteString("utilizationLabel", queue.UtilizationLabel);
                json.WriteNumber("routingPriority", 40);
                json.WriteStrings("requestedRoutingSkillIds", queue.SkillId);
                json.WriteBoolean("skillExpressionApplied", false);
            }
        );

    /// <param name="answeredBy">Null when the customer gave up waiting.</param>
    public Happening AcdEnd(Party party, DateTimeOffset at, WorkQueue queue, TimeSpan waited, Agent? answeredBy) =>
        Detail(
            "acd.end",
            party,
            at,
            json =>
            {
                json.WriteString("queueId", queue.Id);
                json.WriteDivision(conversation);
                json.WriteString("acdOutcome", answeredBy is null ? "ABANDON" : "ANSWERED");
                if (answeredBy is not null)
                {
                    json.WriteString("answeredUserId", answeredBy.Id);
                }

                json.WriteStrings("requestedRoutings", "STANDARD");
                json.WriteString("usedRouting", "STANDARD");
                json.WriteNumber("routingPriority", 40);
                json.WriteDuration("connectedDurationMs", waited);
                json.WriteContacts(conversation);
                json.WriteString("utilizationLabel", queue.UtilizationLabel);
                json.WriteString("flowType", conversation.Media.InQueueFlowType);
            },
            answeredBy is null ? "ENDPOINT" : "TRANSFER"
        );

    public Happening UserStart(Party party, DateTimeOffset at, Agent user, WorkQueue queue) =>
        Detail(
            "user.start",
            party,
            at,
            json =>
            {
                json.WriteString("userId", user.Id);
                json.WriteDivision(conversation);
                json.WriteString("queueId", queue.Id);
                json.WriteContacts(conversation);
            }
        );

    public Happening UserEnd(
        Party party,
        DateTimeOffset at,
        Agent user,
        WorkQueue queue,
        string disconnectType,
        TimeSpan alerting,
        TimeSpan interacting
    ) =>
        Detail(
            "user.end",
            party,
            at,
            json =>
            {
                json.WriteString("userId", user.Id);
                json.WriteDivision(conversation);
                json.WriteString("queueId", queue.Id);
                json.WriteDuration("interactingDurationMs", interacting);
                json.WriteDuration("heldDurationMs", interacting / 16);
                json.WriteDuration("alertingDurationMs", alerting);
                json.WriteDuration("contactingDurationMs", TimeSpan.Zero);
                json.WriteDuration("dialingDurationMs", TimeSpan.Zero);
                json.WriteDuration("callbackDurationMs", TimeSpan.Zero);
                json.WriteContacts(conversation);
            },
            disconnectType
        );

    public Happening Wrapped(Party party, DateTimeOffset at, WorkQueue queue, WrapUp wrapUp) =>
        Detail("wrapup", party, at, json => json.WriteWrapUp(conversation, queue, wrapUp));

    public Happening AfterCallWork(Party party, DateTimeOffset at, Agent user, WorkQueue queue, WrapUp wrapUp) =>
        Detail(
            "acw",
            party,
            at,
            json =>
            {
                json.WriteString("userId", user.Id);
                json.WriteWrapUp(conversation, queue, wrapUp);
            }
        );

    /// <summary>What kind an event is of nobody has seen yet: a topic that Genesys added after we were built.</summary>
    public Happening UnknownKind(Party party, DateTimeOffset at) =>
        Detail("sentiment.shift", party, at, json => json.WriteNumber("sentiment", chance.Between(-100, 100)));

    private Happening Detail(
        string kind,
        Party party,
        DateTimeOffset at,
        Action<Utf8JsonWriter> members,
        string? disconnectType = null
    ) =>
        new(
            at,
            at + chance.PublishLag(),
            $"v2.detail.events.conversation.{{id}}.{kind}",
            $"v2.detail.events.conversation.{conversation.Id}.{kind}",
            JsonText.Object(json =>
            {
                json.WriteCommon(conversation, party, at, disconnectType);
                members(json);
                if (chance.Happens(unknownMembers))
                {
                    json.WriteUnknownMember(chance.Between(0, 100));
                }
            }),
            chance.Id()
        );
}
