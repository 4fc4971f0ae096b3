using Amazon.Runtime.Internal;

namespace Amazon.SQS.Model;

public class RequestThrottledException : AmazonSQSException
{
    public RequestThrottledException(string message)
        : base(message) { }

    internal RequestThrottledException(ErrorResponse error)
        : base(error) { }
}

public class UnsupportedOperationException : AmazonSQSException
{
    public UnsupportedOperationException(string message)
        : base(message) { }

    internal UnsupportedOperationException(ErrorResponse error)
        : base(error) { }
}

public class InvalidAddressException : AmazonSQSException
{
    public InvalidAddressException(string message)
        : base(message) { }

    internal InvalidAddressException(ErrorResponse error)
        : base(error) { }
}

/// <summary>Not over HTTPS, or not signed with Signature Version 4.</summary>
public class InvalidSecurityException : AmazonSQSException
{
    public InvalidSecurityException(string message)
        : base(message) { }

    internal InvalidSecurityException(ErrorResponse error)
        : base(error) { }
}
