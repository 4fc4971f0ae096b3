using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.SQS.Wire;

/// <summary>The answer to one operation; without a reader of members its body says nothing and is left alone.</summary>
internal sealed class ResponseUnmarshaller<TResponse>(JsonMembers<TResponse>? members) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var response = new TResponse();
        if (members is null || input.IsEmptyResponse)
        {
            return response;
        }

        var json = Reader(input);
        json.Read();
        json.ReadMembers(response, members);
        return response;
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input,
        Exception innerException,
        HttpStatusCode statusCode
    )
    {
        var json = Reader(input);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref json);
        error.InnerException = innerException;
        error.StatusCode = statusCode;

        // The shape chooses the type; the header then gives the code that the query protocol had.
        var shape = error.Code;
        AwsQueryCompatibleErrorHandler.ApplyQueryErrorHeader(error, input.ResponseData);
        return ErrorShapes.ToException(shape, error);
    }

    private static StreamingUtf8JsonReader Reader(JsonUnmarshallerContext input) =>
        new(input.Stream, AWSConfigs.StreamingUtf8JsonReaderBufferSize ?? 4096, input.JsonMaxDepth);
}
