using Amazon.Runtime.Internal;

namespace Amazon.SQS.Model;

/// <summary>The queue was never made, was deleted, or is not visible to these credentials; AWS gives the error code <c>AWS.SimpleQueueService.NonExistentQueue</c>.</summary>
public class QueueDoesNotExistException : AmazonSQSException
{
    public QueueDoesNotExistException(string message)
        : base(message) { }

    internal QueueDoesNotExistException(ErrorResponse error)
        : base(error) { }
}

/// <summary>There is such a queue with other attributes.</summary>
public class QueueNameExistsException : AmazonSQSException
{
    public QueueNameExistsException(string message)
        : base(message) { }

    internal QueueNameExistsException(ErrorResponse error)
        : base(error) { }
}

/// <summary>The name is free again 60 seconds after its queue was deleted.</summary>
public class QueueDeletedRecentlyException : AmazonSQSException
{
    public QueueDeletedRecentlyException(string message)
        : base(message) { }

    internal QueueDeletedRecentlyException(ErrorResponse error)
        : base(error) { }
}

/// <summary>One purge in 60 seconds.</summary>
public class PurgeQueueInProgressException : AmazonSQSException
{
    public PurgeQueueInProgressException(string message)
        : base(message) { }

    internal PurgeQueueInProgressException(ErrorResponse error)
        : base(error) { }
}

public class InvalidAttributeNameException : AmazonSQSException
{
    public InvalidAttributeNameException(string message)
        : base(message) { }

    internal InvalidAttributeNameException(ErrorResponse error)
        : base(error) { }
}

public class InvalidAttributeValueException : AmazonSQSException
{
    public InvalidAttributeValueException(string message)
        : base(message) { }

    internal InvalidAttributeValueException(ErrorResponse error)
        : base(error) { }
}

/// <summary>No such queue or message move task.</summary>
public class ResourceNotFoundException : AmazonSQSException
{
    public ResourceNotFoundException(string message)
        : base(message) { }

    internal ResourceNotFoundException(ErrorResponse error)
        : base(error) { }
}
