using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Operations.Previewing;

/// <summary>What a preview looks at.</summary>
internal sealed class PreviewingOptions
{
    public const string Section = "Previewing";

    /// <summary>Names of the effects whose claims are looked up: those the Processor may run. Beside the one it has, others can be named.</summary>
    [Required]
    public IReadOnlyList<string> Handlers { get; init; } = ["attribute-write-back"];
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
