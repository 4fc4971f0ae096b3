using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Bench.Endpoints;

/// <summary>Messages as SQS puts them on the wire.</summary>
internal static class MessageJson
{
    private static readonly string HandleTail = new('h', 180);

    public static byte[] Of(int index, string body) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                MessageId = $"{index:D8}-0000-0000-0000-000000000000",
                ReceiptHandle = $"{index:D8}-{HandleTail}",
                MD5OfBody = Md5(Encoding.UTF8.GetBytes(body)),
                Body = body,
                Attributes = new { ApproximateReceiveCount = "1", SentTimestamp = "1773928872120" },
            }
        );

    public static byte[] Sent(string body) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                MessageId = "00000000-0000-0000-0000-000000000000",
                MD5OfMessageBody = Md5(Encoding.UTF8.GetBytes(body)),
            }
        );

#pragma warning disable CA5351 // SQS's own check sum, not a protection.
    public static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
