using Processor.Receiving;

namespace Processor.Testing.Outside;

/// <summary>A message as the queue keeps it.</summary>
internal sealed class StoredMessage(
    string id,
    string body,
    IReadOnlyDictionary<string, string> attributes,
    DateTimeOffset sentAt
)
{
    private static readonly TimeSpan HiddenMax = TimeSpan.FromHours(12);

    public string Id { get; } = id;

    public string Body { get; } = body;

    public IReadOnlyDictionary<string, string> Attributes { get; } = attributes;

    public string? GroupId { get; init; }

    public DateTimeOffset SentAt { get; } = sentAt;

    /// <summary>From when on a receive may bring it.</summary>
    public required DateTimeOffset VisibleAt { get; set; }

    public int ReceiveCount { get; private set; }

    /// <summary>Of the latest receive; handles of earlier ones are worth nothing.</summary>
    public string Handle { get; private set; } = string.Empty;

    private DateTimeOffset ReceivedAt { get; set; }

    /// <summary>For how long it was hidden the last time: by a receive, or by whoever renewed that or put it off.</summary>
    private TimeSpan Hidden { get; set; }

    public bool IsInFlight(DateTimeOffset now) => ReceiveCount > 0 && VisibleAt > now;

    /// <summary>
    /// Whoever had it neither finished it nor gave it back: it is handed out again because a receive, or the renewal of one, was over.
    /// </summary>
    public bool HasRunOut(TimeSpan visibility, DateTimeOffset now) =>
        ReceiveCount > 0 && Hidden == visibility && VisibleAt <= now;

    public ReceivedMessage HandOut(DateTimeOffset now, TimeSpan hidden)
    {
        ReceiveCount++;
        ReceivedAt = now;
        VisibleAt = now + hidden;
        Hidden = hidden;
        Handle = $"{Id}/{ReceiveCount}";

        return new ReceivedMessage(Id, Handle, Body, ReceiveCount, SentAt)
        {
            Attributes = Attributes,
            MessageGroupId = GroupId,
        };
    }

    /// <summary>False when the handle is not of the running receive, or when it would be hidden for more than 12 h since that receive.</summary>
    public bool TryHide(string handle, TimeSpan hidden, DateTimeOffset now)
    {
        if (handle != Handle || !IsInFlight(now) || now + hidden - ReceivedAt > HiddenMax)
        {
            return false;
        }

        VisibleAt = now + hidden;
        Hidden = hidden;
        return true;
    }
}
