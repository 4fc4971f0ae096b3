namespace GenesysMock.Traffic;

/// <summary><c>v2.analytics.conversation.{id}.metrics</c>: no eventTime, and enumerations in lower case.</summary>
internal static class MetricEvents
{
    public static Happening Answered(
        Conversation conversation,
        Party acd,
        WorkQueue queue,
        Agent user,
        DateTimeOffset at,
        TimeSpan waited,
        Chance chance
    ) =>
        new(
            at,
            at + chance.PublishLag(),
            "v2.analytics.conversation.{id}.metrics",
            $"v2.analytics.conversation.{conversation.Id}.metrics",
            JsonText.Object(json =>
            {
                json.WriteString("metric", "tAnswered");
                json.WriteString("metricDate", JsonText.Iso(at));
                json.WriteDuration("value", waited);
                json.WriteString("recordId", chance.Id());
                json.WriteString("activeRouting", "Standard");
                json.WriteString("conversationId", conversation.Id);
                json.WriteString("direction", conversation.Outbound ? "outbound" : "inbound");
                json.WriteString("mediaType", conversation.Media.LowerCode);
                json.WriteString("originatingDirection", conversation.Outbound ? "outbound" : "inbound");
                json.WriteString("purpose", "acd");
                json.WriteString("usedRouting", "Standard");
                json.WriteStrings("requestedRoutings", "Standard");
                json.WriteAddresses(conversation);
                json.WriteStrings("divisionIds", conversation.DivisionId);
                json.WriteString("provider", conversation.Media.Provider);
                json.WriteString("queueId", queue.Id);
                json.WriteNumber("routingPriority", 40);
                json.WriteString("sessionId", acd.SessionId);
                json.WriteString("userId", user.Id);
                json.WriteString("interactionType", "contactCenter");
                json.WriteBoolean("firstQueue", true);
            }),
            chance.Id()
        );
}
