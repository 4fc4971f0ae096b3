using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class CreateQueue
{
    internal static readonly InvokeOptions Options = Operation.Of<CreateQueueRequest, CreateQueueResponse>(
        nameof(CreateQueue),
        Write,
        Read
    );

    private static void Write(Utf8JsonWriter json, CreateQueueRequest request)
    {
        json.Member("QueueName"u8, request.QueueName);
        json.Member("Attributes"u8, request.Attributes);
        json.Member("tags"u8, request.Tags);
    }

    private static void Read(CreateQueueResponse response, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("QueueUrl"))
        {
            response.QueueUrl = json.ReadString();
        }
        else
        {
            json.SkipValue();
        }
    }
}
