using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ingestor.Tests.Clients;

public sealed partial class AwsCliTests : PublisherContract
{
    private protected override async Task<JsonNode> CallAsync(
        Uri endpoint,
        string operation,
        string request,
        string accessKeyId,
        string secretAccessKey
    )
    {
        Assert.SkipUnless(ClientProgram.IsOnPath("aws"), "The AWS CLI is not installed.");
        var command = operation == "PutEvents" ? "put-events" : "test-event-pattern";
        var (exitCode, output, errors) = await ClientProgram.RunAsync(
            "aws",
            ["events", command, "--endpoint-url", endpoint.ToString(), "--output", "json", "--cli-input-json", request],
            accessKeyId,
            secretAccessKey
        );

        return exitCode == 0
            ? JsonNode.Parse(output)!
            : new JsonObject
            {
                ["error"] = ErrorCode().Match(errors) is { Success: true } code ? code.Groups[1].Value : errors,
            };
    }

    [GeneratedRegex(@"An error occurred \((\w+)\)")]
    private static partial Regex ErrorCode();
}
