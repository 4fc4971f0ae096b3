using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace GenesysMock.Conversations;

internal sealed class ConversationOptions
{
    public const string Section = "Mock:Conversations";

    /// <summary>How many the API remembers, some 4 KB each. The oldest go first, and are then unknown.</summary>
    [Range(100, 1_000_000)]
    public int ConversationsMax { get; init; } = 50_000;
}

[OptionsValidator]
internal sealed partial class ConversationOptionsValidator : IValidateOptions<ConversationOptions>;
