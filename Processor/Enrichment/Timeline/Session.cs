namespace Processor.Enrichment.Timeline;

/// <summary>One participant's session as its events tell it. Steps come in order of their time, each once.</summary>
internal sealed class Session(string participantId, string? sessionId)
{
    public const string Customer = "customer";
    public const string Flow = "flow";
    public const string Queue = "queue";
    public const string Agent = "agent";
    public const string Voicemail = "voicemail";

    private readonly List<string> _wrapUpCodes = [];
    private bool _startSeen;
    private bool _endSeen;

    public string ParticipantId => participantId;

    public string? SessionId => sessionId;

    public string Role { get; private set; } = "";

    public DateTimeOffset FirstAt { get; private set; }

    public DateTimeOffset LastAt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? MediaType { get; private set; }

    public string? Direction { get; private set; }

    public string? UserId { get; private set; }

    public string? QueueId { get; private set; }

    public string? AcdOutcome { get; private set; }

    public long? ConnectedMs { get; private set; }

    public long? TalkMs { get; private set; }

    public long? HeldMs { get; private set; }

    public long? WrapUpMs { get; private set; }

    public IReadOnlyList<string> WrapUpCodes => _wrapUpCodes;

    /// <summary>It began, and no end came after the last beginning.</summary>
    public bool IsOpen => StartedAt is { } started && !(EndedAt >= started);

    public bool WrappedUp { get; private set; }

    /// <summary>A customer interacts with flows too; only an agent answers.</summary>
    public bool Spoke => Role == Agent && TalkMs > 0;

    /// <summary>The step that must have happened and was not seen.</summary>
    public string? MissingStep =>
        _endSeen && !_startSeen ? FirstStepOf(Role)
        : IsOpen ? $"{StepsOf(Role)}.end"
        : null;

    /// <summary>The step with which a session of this role begins; nothing for roles that have no steps.</summary>
    public static string? FirstStepOf(string role) => StepsOf(role) is { } steps ? $"{steps}.start" : null;

    /// <summary>The role that a step gives its session; nothing for a step that is of no session.</summary>
    public static string? RoleOf(string step) =>
        step switch
        {
            "customer.start" or "customer.end" or "contact" or "outbound" => Customer,
            "flow.start" or "flow.outcome" or "flow.end" => Flow,
            "acd.start" or "acd.end" => Queue,
            "user.start" or "user.end" or "acw" or "wrapup" => Agent,
            "voicemail.start" or "voicemail.end" => Voicemail,
            _ => null,
        };

    public void Add(string step, string role, DateTimeOffset at, EventFacts facts)
    {
        FirstAt = Role.Length == 0 ? at : FirstAt;
        LastAt = at;
        Role = role;
        MediaType ??= facts.MediaType;
        Direction ??= facts.Direction;
        UserId = facts.UserId ?? UserId;
        QueueId = facts.QueueId ?? QueueId;

        if (step.EndsWith(".start", StringComparison.Ordinal))
        {
            (_startSeen, StartedAt) = (true, at);
        }
        else if (step.EndsWith(".end", StringComparison.Ordinal))
        {
            (_endSeen, EndedAt) = (true, at);
            AcdOutcome = facts.AcdOutcome ?? AcdOutcome;
            ConnectedMs = Sum(ConnectedMs, facts.ConnectedDurationMs);
            TalkMs = Sum(TalkMs, facts.InteractingDurationMs);
            HeldMs = Sum(HeldMs, facts.HeldDurationMs);
        }
        else if (step is "acw" or "wrapup")
        {
            // Both tell the same time, and one of them tells it again if the work is taken up once more.
            WrappedUp = true;
            WrapUpMs = Max(WrapUpMs, facts.WrapupDurationMs);
            if (facts.WrapupCode is { } code && !_wrapUpCodes.Contains(code))
            {
                _wrapUpCodes.Add(code);
            }
        }
    }

    private static string? StepsOf(string role) =>
        role switch
        {
            Queue => "acd",
            Agent => "user",
            Customer or Flow or Voicemail => role,
            _ => null,
        };

    private static long? Sum(long? sum, long? more) => more is null ? sum : (sum ?? 0) + more;

    private static long? Max(long? max, long? other) => other is null || max > other ? max : other;
}
