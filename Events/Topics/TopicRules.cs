using System.Collections.Frozen;

namespace Events;

/// <summary>The identity rules as a table. The first rule that matches a known topic is its rule.</summary>
internal static class TopicRules
{
    private const string Conversation = "v2.detail.events.conversation.{id}.";

    private static readonly string[] UsualTimes = ["timestamp", "eventDate", "modifiedDate", "dateModified"];

    private static readonly TopicRule Fallback = new("", Apart: ["id"], Times: UsualTimes);

    private static readonly TopicRule[] Table =
    [
        // Several outcomes of one flow may end in the same millisecond; so may flows that hand over to each other.
        new($"{Conversation}flow.outcome", "conversationId", Apart: ["flowId", "flowOutcomeId"]),
        new($"{Conversation}flow.", "conversationId", Apart: ["flowId"]),
        // A participant can have more than one wrap-up code.
        new($"{Conversation}wrapup", "conversationId", Apart: ["wrapupCode"]),
        new(Conversation, "conversationId"),
        new(
            "v2.conversations.{id}.transcription",
            "conversationId",
            Apart: ["communicationId", "transcripts.utteranceId", "transcripts.isFinal", "status.status"]
        ),
        // One call has many metrics at one moment, and a recount of one has another record id.
        new(
            "v2.analytics.conversation.{id}.metrics",
            "conversationId",
            Apart: ["metric", "recordId"],
            Times: ["metricDate"]
        ),
        new("v2.analytics.flow.{id}.metrics", Apart: ["metric", "recordId", "conversationId"], Times: ["metricDate"]),
        new(
            "v2.analytics.",
            Apart: ["group.mediaType", "group.messageType", "data.interval", "data.metrics.metric"],
            Times: [.. UsualTimes, "data.interval"]
        ),
        new("v2.audits.", Apart: ["id"]),
        new("v2.detail.events.agent.{id}.state", Apart: ["currentState"], Times: ["currentStateStart"]),
        new("v2.operations.events.{id}", Apart: ["eventEntity.id", "entityType", "entityId"], Times: ["timestamp"]),
        new("v2.users.{id}.presence", Apart: ["source"], Times: ["modifiedDate"]),
        new("v2.users.{id}.routingStatus", Apart: ["routingStatus.status"], Times: ["routingStatus.startTime"]),
        new(
            "v2.users.{id}.activity",
            Apart: ["routingStatus.status", "routingStatus.startTime", "presence.modifiedDate"],
            Times:
            [
                "routingStatus.startTime",
                "presence.modifiedDate",
                "outOfOffice.modifiedDate",
                "dateActiveQueuesChanged",
            ]
        ),
    ];

    public static FrozenSet<string> Boundaries { get; } =
        new[] { "customer.start", "acd.end", "user.end", "customer.end", "wrapup", "acw" }
            .Select(step => Conversation + step)
            .ToFrozenSet();

    public static TopicRule For(string topic, bool isKnown) =>
        isKnown ? Array.Find(Table, rule => rule.Matches(topic)) ?? Fallback : Fallback;
}
