using System.Text.Json;
using System.Text.Json.Serialization;

namespace Processor.Lambda;

/// <summary>What the SQS event source sends. All members may be missing: the answer must then be "all failed", not an exception.</summary>
internal sealed record SqsEvent(IReadOnlyList<SqsRecord?>? Records);

internal sealed record SqsRecord(
    string? MessageId,
    string? ReceiptHandle,
    string? Body,
    IReadOnlyDictionary<string, string>? Attributes,
    IReadOnlyDictionary<string, SqsRecordAttribute>? MessageAttributes,
    [property: JsonPropertyName("eventSourceARN")] string? EventSourceArn
);

internal sealed record SqsRecordAttribute(string? StringValue);

/// <summary>ReportBatchItemFailures: an id that is not in it is deleted.</summary>
internal sealed record BatchResponse(IReadOnlyList<BatchItemFailure> BatchItemFailures);

internal sealed record BatchItemFailure(string ItemIdentifier);

internal sealed record RuntimeError(string ErrorMessage, string ErrorType);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SqsEvent))]
[JsonSerializable(typeof(BatchResponse))]
[JsonSerializable(typeof(RuntimeError))]
internal sealed partial class LambdaJson : JsonSerializerContext;
