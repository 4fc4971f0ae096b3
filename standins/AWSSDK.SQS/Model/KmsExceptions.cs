using Amazon.Runtime.Internal;

namespace Amazon.SQS.Model;

public class KmsAccessDeniedException : AmazonSQSException
{
    public KmsAccessDeniedException(string message)
        : base(message) { }

    internal KmsAccessDeniedException(ErrorResponse error)
        : base(error) { }
}

public class KmsDisabledException : AmazonSQSException
{
    public KmsDisabledException(string message)
        : base(message) { }

    internal KmsDisabledException(ErrorResponse error)
        : base(error) { }
}

public class KmsInvalidKeyUsageException : AmazonSQSException
{
    public KmsInvalidKeyUsageException(string message)
        : base(message) { }

    internal KmsInvalidKeyUsageException(ErrorResponse error)
        : base(error) { }
}

public class KmsInvalidStateException : AmazonSQSException
{
    public KmsInvalidStateException(string message)
        : base(message) { }

    internal KmsInvalidStateException(ErrorResponse error)
        : base(error) { }
}

public class KmsNotFoundException : AmazonSQSException
{
    public KmsNotFoundException(string message)
        : base(message) { }

    internal KmsNotFoundException(ErrorResponse error)
        : base(error) { }
}

public class KmsOptInRequiredException : AmazonSQSException
{
    public KmsOptInRequiredException(string message)
        : base(message) { }

    internal KmsOptInRequiredException(ErrorResponse error)
        : base(error) { }
}

/// <summary>KMS, and not SQS, is asked too often; a longer data key reuse period of the queue helps.</summary>
public class KmsThrottledException : AmazonSQSException
{
    public KmsThrottledException(string message)
        : base(message) { }

    internal KmsThrottledException(ErrorResponse error)
        : base(error) { }
}
