using System.Globalization;
using System.Text;

namespace Ingestor.Tests.Hostile;

/// <summary>Bytes for a socket, and the statuses that are right for them; 0 stands for a connection that is closed without an answer.</summary>
internal sealed record HostileInput(string Name, byte[] Bytes, int[] Statuses)
{
    public override string ToString() => Name;

    /// <summary>A well-formed request with a body that may be anything.</summary>
    public static HostileInput Events(string name, byte[] body, int[] statuses, params string[] headers) =>
        new(
            name,
            Request(
                "POST /events HTTP/1.1",
                body,
                ["Content-Type: application/json", $"x-api-key: {Hosting.RunningIngestor.ApiKey}", .. headers]
            ),
            statuses
        );

    public static HostileInput Events(string name, string body, int[] statuses, params string[] headers) =>
        Events(name, Encoding.UTF8.GetBytes(body), statuses, headers);

    public static HostileInput PutEvents(string name, string body, int[] statuses) =>
        new(
            name,
            Request(
                "POST / HTTP/1.1",
                Encoding.UTF8.GetBytes(body),
                [
                    "Content-Type: application/x-amz-json-1.1",
                    "X-Amz-Target: AWSEvents.PutEvents",
                    $"x-api-key: {Hosting.RunningIngestor.ApiKey}",
                ]
            ),
            statuses
        );

    public static HostileInput Raw(string name, string request, params int[] statuses) =>
        new(name, Encoding.Latin1.GetBytes(request.ReplaceLineEndings("\r\n")), statuses);

    public static byte[] Request(string line, byte[] body, IEnumerable<string> headers)
    {
        var head = new StringBuilder(line).Append("\r\nHost: localhost\r\n");
        foreach (var header in headers)
        {
            head.Append(header).Append("\r\n");
        }

        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
    }
}
