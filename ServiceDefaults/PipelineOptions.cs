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

    /// <summary>Envelopes on their way to the table.</summary>
    [Required, StringLength(1024)]
    public string EventsQueue { get; init; } = "genesys-events";

    /// <summary>What could not be recorded, with its reason.</summary>
    [Required, StringLength(1024)]
    public string DeadLetterQueue { get; init; } = "genesys-events-dlq";

    /// <summary>Conversations that reached a boundary.</summary>
    [Required, StringLength(1024)]
    public string EnrichmentQueue { get; init; } = "conversation-enrichment";

    /// <summary>Requests for a summary that enrichment never came to an end with.</summary>
    [Required, StringLength(1024)]
    public string EnrichmentDeadLetterQueue { get; init; } = "conversation-enrichment-dlq";

    /// <summary>Every event, once.</summary>
    [Required, StringLength(255, MinimumLength = 3)]
    public string EventsTable { get; init; } = "conversation-events";

    /// <summary>Who runs an effect, until when, and what came of it.</summary>
    [Required, StringLength(255, MinimumLength = 3)]
    public string ClaimsTable { get; init; } = "effect-claims";

    /// <summary>How often an event failed, of those that ever did.</summary>
    [Required, StringLength(255, MinimumLength = 3)]
    public string AttemptsTable { get; init; } = "message-attempts";

    /// <summary>A summary of each conversation.</summary>
    [Required, StringLength(255, MinimumLength = 3)]
    public string ConversationsTable { get; init; } = "conversations";

    /// <summary>The calls to the Genesys API that all replicas have together.</summary>
    [Required, StringLength(255, MinimumLength = 3)]
    public string BudgetTable { get; init; } = "api-budget";

    /// <summary>Dead letters that were taken out of their queue: what is known of each, and its body.</summary>
    [Required, StringLength(255, MinimumLength = 3)]
    public string DeadLettersTable { get; init; } = "dead-letters";

    /// <summary>What operators did, and the redrives that are under way.</summary>
    [Required, StringLength(255, MinimumLength = 3)]
    public string OperationsTable { get; init; } = "operations-log";
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
