using System.Collections.Frozen;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

/// <summary>The exception for each error shape of the service; the names are those in <c>__type</c>.</summary>
internal static class ErrorShapes
{
    private static readonly FrozenDictionary<string, Func<ErrorResponse, AmazonSQSException>> ByName = new Dictionary<
        string,
        Func<ErrorResponse, AmazonSQSException>
    >(StringComparer.Ordinal)
    {
        ["QueueDoesNotExist"] = error => new QueueDoesNotExistException(error),
        ["QueueNameExists"] = error => new QueueNameExistsException(error),
        ["QueueDeletedRecently"] = error => new QueueDeletedRecentlyException(error),
        ["PurgeQueueInProgress"] = error => new PurgeQueueInProgressException(error),
        ["InvalidAttributeName"] = error => new InvalidAttributeNameException(error),
        ["InvalidAttributeValue"] = error => new InvalidAttributeValueException(error),
        ["ResourceNotFoundException"] = error => new ResourceNotFoundException(error),
        ["ReceiptHandleIsInvalid"] = error => new ReceiptHandleIsInvalidException(error),
        ["MessageNotInflight"] = error => new MessageNotInflightException(error),
        ["InvalidMessageContents"] = error => new InvalidMessageContentsException(error),
        ["InvalidIdFormat"] = error => new InvalidIdFormatException(error),
        ["OverLimit"] = error => new OverLimitException(error),
        ["EmptyBatchRequest"] = error => new EmptyBatchRequestException(error),
        ["TooManyEntriesInBatchRequest"] = error => new TooManyEntriesInBatchRequestException(error),
        ["BatchEntryIdsNotDistinct"] = error => new BatchEntryIdsNotDistinctException(error),
        ["InvalidBatchEntryId"] = error => new InvalidBatchEntryIdException(error),
        ["BatchRequestTooLong"] = error => new BatchRequestTooLongException(error),
        ["RequestThrottled"] = error => new RequestThrottledException(error),
        ["UnsupportedOperation"] = error => new UnsupportedOperationException(error),
        ["InvalidAddress"] = error => new InvalidAddressException(error),
        ["InvalidSecurity"] = error => new InvalidSecurityException(error),
        ["KmsAccessDenied"] = error => new KmsAccessDeniedException(error),
        ["KmsDisabled"] = error => new KmsDisabledException(error),
        ["KmsInvalidKeyUsage"] = error => new KmsInvalidKeyUsageException(error),
        ["KmsInvalidState"] = error => new KmsInvalidStateException(error),
        ["KmsNotFound"] = error => new KmsNotFoundException(error),
        ["KmsOptInRequired"] = error => new KmsOptInRequiredException(error),
        ["KmsThrottled"] = error => new KmsThrottledException(error),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    internal static AmazonSQSException ToException(string? shape, ErrorResponse error) =>
        shape is not null && ByName.TryGetValue(shape, out var create) ? create(error) : new AmazonSQSException(error);
}
