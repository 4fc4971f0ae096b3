namespace Events.DeadLetters;

/// <summary>What kind of failure ended a message's way. Attempts are counted for each class apart.</summary>
public sealed record FailureClass
{
    /// <summary>It might have healed and did not in time: 5xx, timeout.</summary>
    public static readonly FailureClass Transient = new("transient");

    /// <summary>It cannot heal: a 4xx that says so.</summary>
    public static readonly FailureClass Permanent = new("permanent");

    /// <summary>It never was an event.</summary>
    public static readonly FailureClass Poison = new("poison");

    /// <summary>Nobody said: SQS itself moved the message after too many receives.</summary>
    public static readonly FailureClass Unknown = new("unknown");

    private FailureClass(string code) => Code = code;

    public static IReadOnlyList<FailureClass> All { get; } = [Transient, Permanent, Poison, Unknown];

    public string Code { get; }

    public static FailureClass Of(string? code) => All.FirstOrDefault(known => known.Code == code) ?? Unknown;

    public override string ToString() => Code;
}
