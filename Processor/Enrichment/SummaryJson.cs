using System.Text.Json.Serialization;
using Processor.Enrichment.Timeline;

namespace Processor.Enrichment;

/// <summary>How a summary is written for its readers: words instead of numbers, nothing where nothing is known.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ConversationSummary))]
internal sealed partial class SummaryJson : JsonSerializerContext;
