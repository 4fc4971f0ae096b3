using GenesysMock.Traffic;

namespace GenesysMock.Answers;

/// <summary>The API's words for what the events shout.</summary>
internal static class Spelling
{
    public static string Direction(Conversation conversation) => conversation.Outbound ? "outbound" : "inbound";

    public static string Of(Purpose purpose) => purpose.ToString().ToLowerInvariant();

    /// <summary><c>NO_ANSWER_TRANSFER</c> is <c>transfer.noanswer</c> here.</summary>
    public static string OfDisconnect(string type) =>
        type is "NO_ANSWER_TRANSFER" ? "transfer.noanswer" : type.ToLowerInvariant();
}
