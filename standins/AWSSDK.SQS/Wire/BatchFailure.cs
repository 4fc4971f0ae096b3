using Amazon.SQS.Model;

namespace Amazon.SQS.Wire;

internal static class BatchFailure
{
    internal static readonly JsonMembers<BatchResultErrorEntry> Members = new()
    {
        { "Id", (entry, ref json) => entry.Id = json.ReadString() },
        { "SenderFault", (entry, ref json) => entry.SenderFault = json.ReadBoolean() },
        { "Code", (entry, ref json) => entry.Code = json.ReadString() },
        { "Message", (entry, ref json) => entry.Message = json.ReadString() },
    };
}
