namespace Events;

/// <summary>Why a message can never become an event. The codes are a contract: operators filter dead letters by them.</summary>
public sealed record PoisonReason
{
    public static readonly PoisonReason NotJson = new("not-json");
    public static readonly PoisonReason NotAnObject = new("not-an-object");
    public static readonly PoisonReason NoEnvelope = new("no-envelope");
    public static readonly PoisonReason UnsupportedVersion = new("unsupported-version");
    public static readonly PoisonReason NoEventBody = new("no-event-body");
    public static readonly PoisonReason MissingMember = new("missing-member");
    public static readonly PoisonReason InvalidMember = new("invalid-member");
    public static readonly PoisonReason InvalidTime = new("invalid-time");
    public static readonly PoisonReason TooDeep = new("too-deep");
    public static readonly PoisonReason TooLarge = new("too-large");

    private PoisonReason(string code) => Code = code;

    public static IReadOnlyList<PoisonReason> All { get; } =
    [
        NotJson,
        NotAnObject,
        NoEnvelope,
        UnsupportedVersion,
        NoEventBody,
        MissingMember,
        InvalidMember,
        InvalidTime,
        TooDeep,
        TooLarge,
    ];

    public string Code { get; }

    public override string ToString() => Code;
}
