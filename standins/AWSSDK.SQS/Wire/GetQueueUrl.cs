using System.Text.Json;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class GetQueueUrl
{
    internal static readonly InvokeOptions Options = Operation.Of<GetQueueUrlRequest, GetQueueUrlResponse>(
        nameof(GetQueueUrl),
        Write,
        Read
    );

    private static void Write(Utf8JsonWriter json, GetQueueUrlRequest request)
    {
        json.Member("QueueName"u8, request.QueueName);
        json.Member("QueueOwnerAWSAccountId"u8, request.QueueOwnerAWSAccountId);
    }

    private static void Read(GetQueueUrlResponse response, ref StreamingUtf8JsonReader json)
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
