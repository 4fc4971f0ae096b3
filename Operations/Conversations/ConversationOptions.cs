using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Operations.Conversations;

/// <summary>What is told of conversations.</summary>
internal sealed class ConversationOptions
{
    public const string Section = "Conversations";

    /// <summary>Whether the Processors count duplicates (their <c>Recording:CountDuplicates</c>): from here a count of none looks the same.</summary>
    public bool DuplicatesCounted { get; init; }

    /// <summary>Summaries looked through for the latest: the table has no order in time, and each page of it costs read units. Of a larger table it is said that it was cut.</summary>
    [Range(100, 100_000)]
    public int BrowsedMax { get; init; } = 2_000;
}

[OptionsValidator]
internal sealed partial class ConversationOptionsValidator : IValidateOptions<ConversationOptions>;
