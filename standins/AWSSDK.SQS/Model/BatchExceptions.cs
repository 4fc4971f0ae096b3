using Amazon.Runtime.Internal;

namespace Amazon.SQS.Model;

public class EmptyBatchRequestException : AmazonSQSException
{
    public EmptyBatchRequestException(string message)
        : base(message) { }

    internal EmptyBatchRequestException(ErrorResponse error)
        : base(error) { }
}

/// <summary>More than 10.</summary>
public class TooManyEntriesInBatchRequestException : AmazonSQSException
{
    public TooManyEntriesInBatchRequestException(string message)
        : base(message) { }

    internal TooManyEntriesInBatchRequestException(ErrorResponse error)
        : base(error) { }
}

public class BatchEntryIdsNotDistinctException : AmazonSQSException
{
    public BatchEntryIdsNotDistinctException(string message)
        : base(message) { }

    internal BatchEntryIdsNotDistinctException(ErrorResponse error)
        : base(error) { }
}

/// <summary>More than 80 characters, or other than letters, digits, hyphen and underscore.</summary>
public class InvalidBatchEntryIdException : AmazonSQSException
{
    public InvalidBatchEntryIdException(string message)
        : base(message) { }

    internal InvalidBatchEntryIdException(ErrorResponse error)
        : base(error) { }
}

/// <summary>All entries together, attributes included, are over the limit in UTF-8 bytes.</summary>
public class BatchRequestTooLongException : AmazonSQSException
{
    public BatchRequestTooLongException(string message)
        : base(message) { }

    internal BatchRequestTooLongException(ErrorResponse error)
        : base(error) { }
}
