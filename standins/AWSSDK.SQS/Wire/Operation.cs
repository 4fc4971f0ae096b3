using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.SQS.Wire;

/// <summary>What the pipeline needs to know of an operation, made once for each.</summary>
internal static class Operation
{
    internal static InvokeOptions Of<TRequest, TResponse>(
        string name,
        Action<Utf8JsonWriter, TRequest> writeMembers,
        JsonMembers<TResponse>? members = null
    )
        where TRequest : AmazonSQSRequest
        where TResponse : AmazonWebServiceResponse, new() =>
        new()
        {
            RequestMarshaller = new RequestMarshaller<TRequest>(name, writeMembers),
            ResponseUnmarshaller = new ResponseUnmarshaller<TResponse>(members),
        };
}
