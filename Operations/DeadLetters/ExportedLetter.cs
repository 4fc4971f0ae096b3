using System.Text.Json.Serialization;

namespace Operations.DeadLetters;

/// <summary>A line of an export.</summary>
/// <param name="Fault">Why there is no body.</param>
internal sealed record ExportedLetter(Letter Letter, string ReasonCode, string? Body, string? Fault);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ExportedLetter))]
internal sealed partial class ExportJson : JsonSerializerContext;
