using System.Collections.Immutable;
using Events.DeadLetters;
using Events.Redelivery;

namespace Operations.DeadLetters;

/// <summary>
/// A dead letter that was taken out of its queue. Its identity is its body, byte for byte: a message that fails again, under
/// whatever id SQS gives it then, is the same letter with a longer history.
/// </summary>
internal sealed record Letter
{
    /// <summary>Ids of failures and steps of its history that are kept: enough for every redrive a person makes.</summary>
    public const int KeptMax = 30;

    /// <summary>Longer than a send with all its tries takes.</summary>
    private static readonly TimeSpan TakenMax = TimeSpan.FromMinutes(5);

    private static readonly IReadOnlyList<string> OurAttributes =
    [
        .. DeadLetterAttributeNames.All,
        .. DeferralAttributeNames.All,
    ];

    /// <summary>Hash of the body.</summary>
    public required string Id { get; init; }

    public required LetterState State { get; init; }

    /// <summary>Where it failed, and where a redrive sends it.</summary>
    public LetterQueue Queue { get; init; }

    /// <summary>As the Processor wrote it; <c>moved-by-sqs</c> or <c>enrichment-moved-by-sqs</c> where nobody wrote one.</summary>
    public required string Reason { get; init; }

    /// <summary>One of the codes of <see cref="FailureClass"/>.</summary>
    public required string Class { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset? FirstFailedAt { get; init; }

    public DateTimeOffset? LastFailedAt { get; init; }

    public string? EventKey { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>When it was first sent to the queue it failed in; redrives do not change it.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The event key of the letter this one was edited from.</summary>
    public string? Parent { get; init; }

    public required DateTimeOffset CollectedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required int Bytes { get; init; }

    /// <summary>The topic, where the body is an event; with <see cref="Subject"/> and <see cref="SortKey"/> its place in the table of events.</summary>
    public string? Kind { get; init; }

    public string? Subject { get; init; }

    public string? SortKey { get; init; }

    public string? ConversationId { get; init; }

    /// <summary>Whether it makes enrichment look, which costs a part of a call to the API.</summary>
    public bool IsBoundary { get; init; }

    /// <summary>Message attributes of its latest copy, to be sent along with it. Those that others put there may hold anything.</summary>
    public ImmutableArray<LetterAttribute> Attributes { get; init; } = [];

    public string? TraceHeader { get; init; }

    /// <summary>
    /// The SQS ids under which it failed, one for each failure: neither a letter that SQS delivers once more nor one that a Processor
    /// wrote twice, because it died before the delete, is a failure once more.
    /// </summary>
    public ImmutableArray<string> MessageIds { get; init; } = [];

    /// <summary>How often it failed after it was sent again from here.</summary>
    public int FailedAgain { get; init; }

    /// <summary>The redrive that took it last.</summary>
    public string? Redrive { get; init; }

    /// <summary>What a person took it for, for as long as it is in hand.</summary>
    public TakenFor? TakenFor { get; init; }

    public DateTimeOffset? RedrivenAt { get; init; }

    /// <summary>Under which the attempts are counted of each time that it was sent again, or an edited copy in its place.</summary>
    public ImmutableArray<string> AttemptsKeys { get; init; } = [];

    public ImmutableArray<LetterStep> History { get; init; } = [];

    /// <summary>Raised by every write; the condition of every write.</summary>
    public long Version { get; init; } = 1;

    public string Group => LetterGroup.KeyOf(Class, ReasonCode);

    public string ReasonCode => NormalisedReason.Of(Reason);

    public bool IsOpen => State == LetterState.Dead;

    /// <summary>Neither open nor under way: nothing more is expected of it.</summary>
    public bool IsDecided =>
        State is LetterState.Recovered or LetterState.Replaced or LetterState.Discarded or LetterState.Returned;

    /// <summary>Somebody sends it, or a copy of it, just now; a redrive that takes a letter says which it is.</summary>
    public bool IsTakenByHand => State == LetterState.Redriving && Redrive is null;

    public DateTimeOffset ChangedAt => History is [.., var last] ? last.At : CollectedAt;

    /// <summary>
    /// Nobody who takes a letter by hand needs so long: who did has died in between, and nobody knows whether it was sent.
    /// </summary>
    public bool IsLeftAt(DateTimeOffset now) => IsTakenByHand && now - ChangedAt > TakenMax;

    /// <summary>A redrive took it longer ago than a send takes: one that does not run will not come to an end with it.</summary>
    public bool IsLeftByRedriveAt(DateTimeOffset now) =>
        State == LetterState.Redriving && Redrive is not null && now - ChangedAt > TakenMax;

    /// <summary>As it is told to whoever has not asked for personal data: of its attributes those that our own programs write.</summary>
    public Letter Masked() =>
        this with
        {
            Attributes =
            [
                .. Attributes.Select(attribute =>
                    OurAttributes.Contains(attribute.Name) ? attribute : attribute with { Value = Masking.Mask }
                ),
            ],
        };

    /// <summary>That a copy of it was sent, under whose attempts it is counted from then on.</summary>
    /// <param name="eventKey">Of what was sent; null where that is no event.</param>
    public Letter SentAs(string? eventKey) =>
        eventKey is null
            ? this
            : this with
            {
                AttemptsKeys = [.. AttemptsKeys.TakeLast(KeptMax - 1), AttemptsKeyOf(eventKey)],
            };

    /// <summary>As <see cref="LetterSender"/> sends it now.</summary>
    public string AttemptsKeyOf(string eventKey) =>
        DeadLetterAttributes.AttemptsKeyOf(eventKey, MessageIds.LastOrDefault(), LastFailedAt ?? CollectedAt);

    /// <summary>Whether <paramref name="redrive"/> sent it and it came back.</summary>
    public bool CameBackFrom(string redrive) => Redrive == redrive && State == LetterState.Dead;

    /// <summary>The letter after something happened to it.</summary>
    public Letter Then(LetterState state, DateTimeOffset at, string what, string? by, string? detail = null) =>
        this with
        {
            State = state,
            TakenFor = null,
            History = [.. History.TakeLast(KeptMax - 1), new LetterStep(at, what, by, detail)],
            Version = Version + 1,
        };
}

internal enum LetterQueue
{
    Events,

    /// <summary>It asks for the summary of a conversation.</summary>
    Enrichment,
}

internal enum LetterState
{
    /// <summary>Nobody has decided about it.</summary>
    Dead,

    /// <summary>A redrive took it, or a person who sends it; it may or may not have been sent.</summary>
    Redriving,

    /// <summary>It was sent; what became of it is not known yet.</summary>
    Redriven,

    /// <summary>Its event is in the table.</summary>
    Recovered,

    /// <summary>An edited copy was sent in its place.</summary>
    Replaced,

    Discarded,

    /// <summary>Put back into its queue, for SQS's own redrive.</summary>
    Returned,
}

internal enum TakenFor
{
    /// <summary>An edited copy of it is sent.</summary>
    Resend,

    /// <summary>It is put back into its queue, and may be collected there before that is written down.</summary>
    Return,
}

/// <param name="By">A person, or the redrive.</param>
internal sealed record LetterStep(DateTimeOffset At, string What, string? By, string? Detail);

/// <param name="Type">As SQS has it: String, Number, Binary, with a suffix or none.</param>
/// <param name="Value">Of Binary, in base64.</param>
internal sealed record LetterAttribute(string Name, string Type, string Value);
