using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SQS;

/// <summary>What SQS answered instead of a result; the types in <c>Amazon.SQS.Model</c> say which refusal it was.</summary>
public class AmazonSQSException : AmazonServiceException
{
    public AmazonSQSException() { }

    public AmazonSQSException(string message)
        : base(message) { }

    public AmazonSQSException(string message, Exception? innerException)
        : base(message, innerException) { }

    public AmazonSQSException(Exception innerException)
        : base(innerException) { }

    public AmazonSQSException(
        string message,
        ErrorType errorType,
        string errorCode,
        string requestId,
        HttpStatusCode statusCode
    )
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public AmazonSQSException(
        string message,
        Exception? innerException,
        ErrorType errorType,
        string errorCode,
        string requestId,
        HttpStatusCode statusCode
    )
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    internal AmazonSQSException(ErrorResponse error)
        : base(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode) { }
}
