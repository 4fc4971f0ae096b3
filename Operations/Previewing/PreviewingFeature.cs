using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Operations.DeadLetters;

namespace Operations.Previewing;

/// <summary>What a preview looks at.</summary>
internal sealed class PreviewingOptions
{
    public const string Section = "Previewing";

    /// <summary>Names of the effects whose claims are looked up: those the Processor may run. Beside the one it has, others can be named.</summary>
    [Required]
    public IReadOnlyList<string> Handlers { get; init; } = ["attribute-write-back"];

    /// <summary>
    /// Topics that an effect of the Processor takes, such as <c>v2.detail.events.conversation.{id}.customer.end</c> where the write-back
    /// is on: a letter of them is recovered when its claim is completed. Of other topics, that is so once a claim was made.
    /// </summary>
    public IReadOnlyList<string> EffectTopics { get; init; } = [];

    public bool HasEffect(Letter letter) => EffectTopics.Contains(letter.Kind, StringComparer.Ordinal);
}

[OptionsValidator]
internal sealed partial class PreviewingOptionsValidator : IValidateOptions<PreviewingOptions>;

internal static class PreviewingFeature
{
    public static void AddPreviewing(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<PreviewingOptions, PreviewingOptionsValidator>(PreviewingOptions.Section);
        builder.Services.AddSingleton<SummaryPreview>();
        builder.Services.AddSingleton<Previewer>();
    }
}
