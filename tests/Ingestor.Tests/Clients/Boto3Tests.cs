using System.Text.Json.Nodes;
using Testing;

namespace Ingestor.Tests.Clients;

public sealed class Boto3Tests : PublisherContract
{
    private static readonly Lazy<Task<bool>> IsInstalled = new(async () =>
        ClientProgram.IsOnPath("python3")
        && (await ClientProgram.RunAsync("python3", ["-c", "import boto3"], "", "")).ExitCode == 0
    );

    private protected override async Task<JsonNode> CallAsync(
        Uri endpoint,
        string operation,
        string request,
        string accessKeyId,
        string secretAccessKey
    )
    {
        Assert.SkipUnless(await IsInstalled.Value, "boto3 is not installed.");
        var script = Repository.PathOf("tests", "Ingestor.Tests", "Clients", "call.py");
        var (_, output, errors) = await ClientProgram.RunAsync(
            "python3",
            [script, endpoint.ToString(), operation, request],
            accessKeyId,
            secretAccessKey
        );

        return output.Length > 0 ? JsonNode.Parse(output)! : new JsonObject { ["error"] = errors };
    }
}
