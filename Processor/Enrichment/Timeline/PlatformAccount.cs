using GenesysApi.Conversations;

namespace Processor.Enrichment.Timeline;

/// <summary>What the platform tells of the conversation, in our words; empty where it tells nothing.</summary>
internal sealed class PlatformAccount(ConversationDetails? details)
{
    public DateTimeOffset? StartedAt => details?.ConversationStart;

    public DateTimeOffset? EndedAt => details?.ConversationEnd;

    public string? Direction => details?.OriginatingDirection?.ToUpperInvariant();

    public string? Media =>
        Sessions.Select(session => session.MediaType?.ToUpperInvariant()).FirstOrDefault(media => media is not null);

    public IReadOnlyList<Participant> Participants { get; } =
    [
        .. (details?.Participants ?? [])
            .Where(participant => participant.ParticipantId is not null)
            .Select(participant => new Participant(
                participant.ParticipantId!,
                RoleOf(participant.Purpose),
                participant.UserId,
                participant.Sessions?.Count ?? 0,
                [.. CodesOf(participant)]
            )),
    ];

    private IEnumerable<DetailsSession> Sessions =>
        (details?.Participants ?? []).SelectMany(participant => participant.Sessions ?? []);

    public string? UserOf(string participantId) =>
        Participants.FirstOrDefault(participant => participant.Id == participantId)?.UserId;

    /// <summary>The sum of a metric over all sessions; nothing where no session has it.</summary>
    public long? Metric(string name)
    {
        var values = Sessions
            .SelectMany(session => session.Metrics ?? [])
            .Where(metric => metric.Name == name)
            .Select(metric => metric.Value ?? 0)
            .ToList();
        return values.Count == 0 ? null : (long)values.Sum();
    }

    private static IEnumerable<string> CodesOf(DetailsParticipant participant) =>
        (participant.Sessions ?? [])
            .SelectMany(session => session.Segments ?? [])
            .Select(segment => segment.WrapUpCode)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

    private static string RoleOf(string? purpose) =>
        purpose?.ToUpperInvariant() switch
        {
            "CUSTOMER" or "EXTERNAL" => Session.Customer,
            "IVR" or "WORKFLOW" or "BOTFLOW" => Session.Flow,
            "ACD" => Session.Queue,
            "AGENT" or "USER" => Session.Agent,
            "VOICEMAIL" => Session.Voicemail,
            _ => "other",
        };

    internal sealed record Participant(
        string Id,
        string Role,
        string? UserId,
        int Sessions,
        IReadOnlyList<string> WrapUpCodes
    );
}
