using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.SQS.Wire;

/// <summary>The request of one operation as AWS JSON 1.0; only the members differ between operations.</summary>
internal sealed class RequestMarshaller<TRequest>(string operation, Action<Utf8JsonWriter, TRequest> writeMembers)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonSQSRequest
{
    // The body is JSON within JSON, full of quotes: \" and not \u0022. It goes to a service and never into a page.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly string _target = $"AmazonSQS.{operation}";

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var content = new PooledContentStream();
        var request = new DefaultRequest(input, "Amazon.SQS")
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            ContentStream = content,
        };
        request.Headers["X-Amz-Target"] = _target;
        request.Headers[HeaderKeys.ContentTypeHeader] = "application/x-amz-json-1.0";
        request.Headers[HeaderKeys.XAmzApiVersion] = "2012-11-05";
        request.Headers[HeaderKeys.XAmzQueryMode] = "true";

        using var json = new Utf8JsonWriter(content.BufferWriter, Options);
        json.WriteStartObject();
        writeMembers(json, (TRequest)input);
        json.WriteEndObject();
        return request;
    }
}
