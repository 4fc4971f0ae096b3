using System.Text.Json.Nodes;
using Testing;

namespace Ingestor.Tests.Clients;

public sealed class JavaScriptSdkTests : PublisherContract
{
    private protected override async Task<JsonNode> CallAsync(
        Uri endpoint,
        string operation,
        string request,
        string accessKeyId,
        string secretAccessKey
    )
    {
        var script = Repository.PathOf("tests", "Ingestor.Tests", "js", "call.mjs");
        var (_, output, errors) = await ClientProgram.RunAsync(
            "node",
            [script, endpoint.ToString(), operation, request],
            accessKeyId,
            secretAccessKey
        );

        return output.Length > 0 ? JsonNode.Parse(output)! : new JsonObject { ["error"] = errors };
    }
}
