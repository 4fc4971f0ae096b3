using System.Text.Json.Serialization;

namespace Operations.Journal;

/// <summary>One line of the journal: who did what, when, and what came of it. Never what a message holds.</summary>
/// <param name="Who">The person's name, or the way they came: the token, the command line.</param>
/// <param name="What">A verb of few: redrive, pause, resume, cancel, discard, resend, return, reveal, export, audit.</param>
/// <param name="On">What it was done to: a letter, a group, a redrive, an interval.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Note">Why, in the person's own words.</param>
internal sealed record JournalEntry(
    DateTimeOffset At,
    string Who,
    string What,
    string On,
    string Result,
    string? Note = null
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;
