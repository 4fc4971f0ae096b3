using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class BatchFailure
{
    internal static void Read(BatchResultErrorEntry entry, ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Id"))
        {
            entry.Id = json.ReadString();
        }
        else if (json.ValueTextEquals("SenderFault"))
        {
            entry.SenderFault = json.ReadBoolean();
        }
        else if (json.ValueTextEquals("Code"))
        {
            entry.Code = json.ReadString();
        }
        else if (json.ValueTextEquals("Message"))
        {
            entry.Message = json.ReadString();
        }
        else
        {
            json.SkipValue();
        }
    }
}
