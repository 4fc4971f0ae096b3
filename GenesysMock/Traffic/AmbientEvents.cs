using System.Text.Json;

namespace GenesysMock.Traffic;

/// <summary>What else is on the bus: agents who come and go, audits, counts of queues, and topics we have never heard of.</summary>
internal sealed class AmbientEvents(Organization organization, Chance chance)
{
    private static readonly string[] Presences = ["AVAILABLE", "ON_QUEUE", "AWAY", "BREAK", "MEAL", "MEETING"];

    private static readonly string[] RoutingStatuses = ["IDLE", "INTERACTING", "NOT_RESPONDING", "COMMUNICATING"];

    private readonly AuditEvents _audits = new(organization, chance);

    public Happening Any(DateTimeOffset at, double unknown) =>
        chance.Happens(unknown)
            ? UnknownTopic(at)
            : chance.Between(0, 7) switch
            {
                0 or 1 => Presence(at),
                2 or 3 => RoutingStatus(at),
                4 => Activity(at),
                5 => QueueObservations(at),
                6 => _audits.Any(at),
                _ => OperationalEvent(at),
            };

    private Happening Presence(DateTimeOffset at) =>
        Topic(
            at,
            "v2.users.{id}.presence",
            chance.Pick(organization.Users).Id,
            json =>
            {
                json.WriteString("source", "PURECLOUD");
                WritePresence(json);
                json.WriteBoolean("primary", true);
                json.WriteString("message", "");
                json.WriteString("modifiedDate", JsonText.Iso(at));
            }
        );

    private Happening RoutingStatus(DateTimeOffset at)
    {
        var user = chance.Pick(organization.Users);
        return Topic(
            at,
            "v2.users.{id}.routingStatus",
            user.Id,
            json =>
            {
                json.WriteString("id", user.Id);
                WriteRoutingStatus(json, at);
            }
        );
    }

    private Happening Activity(DateTimeOffset at)
    {
        var user = chance.Pick(organization.Users);
        return Topic(
            at,
            "v2.users.{id}.activity",
            user.Id,
            json =>
            {
                json.WriteString("id", user.Id);
                WriteRoutingStatus(json, at);
                json.WriteStartObject("presence");
                WritePresence(json);
                json.WriteString("modifiedDate", JsonText.Iso(at.AddMinutes(-6)));
                json.WriteEndObject();
                json.WriteStartObject("outOfOffice");
                json.WriteBoolean("active", false);
                json.WriteString("modifiedDate", "2025-04-02T01:42:52.505Z");
                json.WriteEndObject();
                json.WriteStrings("activeQueueIds", chance.Pick(organization.Queues).Id);
                json.WriteString("dateActiveQueuesChanged", JsonText.Iso(at.AddMinutes(-6)));
            }
        );
    }

    private Happening QueueObservations(DateTimeOffset at)
    {
        var queue = chance.Pick(organization.Queues);
        return Topic(
            at,
            "v2.analytics.queues.{id}.observations",
            queue.Id,
            json =>
            {
                json.WriteStartObject("group");
                json.WriteString("queueId", queue.Id);
                json.WriteString("mediaType", "voice");
                json.WriteEndObject();
                json.WriteStartArray("data");
                json.WriteStartObject();
                json.WriteString("interval", $"{JsonText.Iso(at.AddMinutes(-1))}/{JsonText.Iso(at)}");
                json.WriteStartArray("metrics");
                WriteMetric(json, "oWaiting", null);
                WriteMetric(json, "oOnQueueUsers", "IDLE");
                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndArray();
            }
        );
    }

    private Happening OperationalEvent(DateTimeOffset at) =>
        Topic(
            at,
            "v2.operations.events.{id}",
            organization.OperationalEventId,
            json =>
            {
                json.WriteStartObject("eventEntity");
                json.WriteString("id", organization.OperationalEventId);
                json.WriteString("name", "RATE_LIMIT_EXCEEDED");
                json.WriteString("description", "example");
                json.WriteEndObject();
                json.WriteString("entityId", chance.Id());
                json.WriteString("entityName", "enrichment-client");
                json.WriteString("previousValue", "");
                json.WriteString("currentValue", "");
                json.WriteString("errorCode", "429");
                json.WriteString("version", "1.0");
                json.WriteString("entityType", "OAUTH_CLIENT");
                json.WriteNumber("timestamp", at.ToUnixTimeMilliseconds());
            }
        );

    private Happening UnknownTopic(DateTimeOffset at) =>
        Topic(
            at,
            "v2.experience.surveys.{id}.answered",
            chance.Id(),
            json =>
            {
                json.WriteNumber("eventTime", at.ToUnixTimeMilliseconds());
                json.WriteString("surveyId", chance.Id());
                json.WriteNumber("stars", chance.Between(1, 5));
            }
        );

    private Happening Topic(DateTimeOffset at, string detailType, string id, Action<Utf8JsonWriter> members) =>
        new(
            at,
            at + chance.PublishLag(),
            detailType,
            detailType.Replace("{id}", id, StringComparison.Ordinal),
            JsonText.Object(members),
            chance.Id()
        );

    private void WritePresence(Utf8JsonWriter json)
    {
        json.WriteStartObject("presenceDefinition");
        json.WriteString("id", organization.PresenceDefinitionId);
        json.WriteString("systemPresence", chance.Pick(Presences));
        json.WriteEndObject();
    }

    private void WriteRoutingStatus(Utf8JsonWriter json, DateTimeOffset at)
    {
        json.WriteStartObject("routingStatus");
        json.WriteString("status", chance.Pick(RoutingStatuses));
        json.WriteString("startTime", JsonText.Iso(at));
        json.WriteEndObject();
    }

    private void WriteMetric(Utf8JsonWriter json, string name, string? qualifier)
    {
        json.WriteStartObject();
        json.WriteString("metric", name);
        if (qualifier is not null)
        {
            json.WriteString("qualifier", qualifier);
        }

        json.WriteStartObject("stats");
        json.WriteNumber("count", chance.Between(0, 12));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
