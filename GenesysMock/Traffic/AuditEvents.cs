using System.Text.Json;

namespace GenesysMock.Traffic;

/// <summary>
/// <c>v2.audits.entitytype.{id}.entityid.{id}</c>: two ids in the topic, its time as ISO text, and a correlation id that
/// ends in <c>-archival</c>.
/// </summary>
internal sealed class AuditEvents(Organization organization, Chance chance)
{
    public Happening Any(DateTimeOffset at) => chance.Happens(0.8) ? PresenceChanged(at) : ClientDeleted(at);

    private Happening PresenceChanged(DateTimeOffset at)
    {
        var user = chance.Pick(organization.Users);
        return Audit(
            at,
            "UserPresence",
            user.Id,
            json =>
            {
                WriteWho(json, user, clientId: null);
                WriteWhat(json, at, "Presence", "Update", "UserPresence", user.Id, user.Name);
                json.WriteStartArray("propertyChanges");
                json.WriteStartObject();
                json.WriteString("property", "PRESENCE");
                json.WriteStrings("oldValues", "Break");
                json.WriteStrings("newValues", "Available");
                json.WriteEndObject();
                json.WriteEndArray();
            }
        );
    }

    private Happening ClientDeleted(DateTimeOffset at)
    {
        var clientId = chance.Id();
        return Audit(
            at,
            "OAuthClient",
            clientId,
            json =>
            {
                WriteWho(json, chance.Pick(organization.Users), clientId);
                WriteWhat(json, at, "PeoplePermissions", "Delete", "OAuthClient", clientId, "My OAuth Client");
                json.WriteStartArray("propertyChanges");
                json.WriteStartObject();
                json.WriteString("property", "scopes");
                json.WriteStrings("oldValues", "users");
                json.WriteEndObject();
                json.WriteEndArray();
            }
        );
    }

    private Happening Audit(DateTimeOffset at, string entityType, string entityId, Action<Utf8JsonWriter> members) =>
        new(
            at,
            at + chance.Between(TimeSpan.FromMilliseconds(262), TimeSpan.FromMilliseconds(1_200)),
            "v2.audits.entitytype.{id}.entityid.{id}",
            $"v2.audits.entitytype.{entityType}.entityid.{entityId}",
            JsonText.Object(json =>
            {
                json.WriteString("id", chance.Id());
                members(json);
            }),
            $"{chance.Id()}-archival"
        );

    private void WriteWho(Utf8JsonWriter json, Agent user, string? clientId)
    {
        json.WriteString("userId", user.Id);
        if (clientId is not null)
        {
            json.WriteString("userHomeOrgId", organization.Id);
        }

        json.WriteStartObject("username");
        json.WriteString("id", "");
        json.WriteEndObject();
        json.WriteStartObject("clientId");
        if (clientId is not null)
        {
            json.WriteString("id", clientId);
        }

        json.WriteEndObject();
    }

    private static void WriteWhat(
        Utf8JsonWriter json,
        DateTimeOffset at,
        string service,
        string action,
        string entityType,
        string entityId,
        string entityName
    )
    {
        json.WriteString("serviceName", service);
        json.WriteString("eventTime", JsonText.Iso(at));
        json.WriteString("action", action);
        json.WriteString("entityType", entityType);
        json.WriteStartObject("entity");
        json.WriteString("id", entityId);
        json.WriteString("name", entityName);
        json.WriteEndObject();
    }
}
