using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Ingestor.Tests.PutEvents;

/// <summary>A call of the AWS JSON 1.1 protocol.</summary>
internal static class EventBridgeCall
{
    public static HttpRequestMessage Of(string operation, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"AWSEvents.{operation}");
        return request;
    }

    public static async Task<(HttpStatusCode Status, JsonNode Body)> CallAsync(
        this HttpClient client,
        string operation,
        string body
    )
    {
        using var request = Of(operation, body);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(text)!);
    }
}
