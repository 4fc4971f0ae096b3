using Amazon.Runtime.Internal;

namespace Amazon.SQS.Model;

/// <summary>The handle is of another queue, or no handle at all.</summary>
public class ReceiptHandleIsInvalidException : AmazonSQSException
{
    public ReceiptHandleIsInvalidException(string message)
        : base(message) { }

    internal ReceiptHandleIsInvalidException(ErrorResponse error)
        : base(error) { }
}

/// <summary>The visibility of a message can change only between its receive and its delete.</summary>
public class MessageNotInflightException : AmazonSQSException
{
    public MessageNotInflightException(string message)
        : base(message) { }

    internal MessageNotInflightException(ErrorResponse error)
        : base(error) { }
}

/// <summary>The body has characters outside of XML 1.0, or there is no body.</summary>
public class InvalidMessageContentsException : AmazonSQSException
{
    public InvalidMessageContentsException(string message)
        : base(message) { }

    internal InvalidMessageContentsException(ErrorResponse error)
        : base(error) { }
}

public class InvalidIdFormatException : AmazonSQSException
{
    public InvalidIdFormatException(string message)
        : base(message) { }

    internal InvalidIdFormatException(ErrorResponse error)
        : base(error) { }
}

/// <summary>Some 120,000 messages are in flight.</summary>
public class OverLimitException : AmazonSQSException
{
    public OverLimitException(string message)
        : base(message) { }

    internal OverLimitException(ErrorResponse error)
        : base(error) { }
}
