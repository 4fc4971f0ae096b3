using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>
/// The queues and tables all services share. The defaults are the names in <c>AppHost/pipeline.template.json</c>; a deployed stack
/// passes its outputs instead. A queue is named by its name or its URL.
/// </summary>
public sealed class PipelineOptions
{
    public const string Section = "Pipeline";

    [Required, StringLength(1024)]
    public string EventsQueue { get; init; } = "genesys-events";

    [Required, StringLength(1024)]
    public string DeadLetterQueue { get; init; } = "genesys-events-dlq";

    [Required, StringLength(1024)]
    public string EnrichmentQueue { get; init; } = "conversation-enrichment";

    [Required, StringLength(255, MinimumLength = 3)]
    public string EventsTable { get; init; } = "conversation-events";

    [Required, StringLength(255, MinimumLength = 3)]
    public string ClaimsTable { get; init; } = "effect-claims";

    [Required, StringLength(255, MinimumLength = 3)]
    public string AttemptsTable { get; init; } = "message-attempts";

    [Required, StringLength(255, MinimumLength = 3)]
    public string ConversationsTable { get; init; } = "conversations";

    [Required, StringLength(255, MinimumLength = 3)]
    public string BudgetTable { get; init; } = "api-budget";
}

[OptionsValidator]
internal sealed partial class PipelineOptionsValidator : IValidateOptions<PipelineOptions>;

internal static class PipelineFeature
{
    public static void AddPipelineOptions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<PipelineOptions>().BindConfiguration(PipelineOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<PipelineOptions>, PipelineOptionsValidator>();
    }
}
