using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AWSSDK.SQS.Tests.Requests;

/// <summary>
/// One call as the AWS CLI made it: the command, and of the request that came of it the headers that say what it is, and the
/// body. The files stand in Recorded/; <see cref="RecordingTests"/> makes them anew where the CLI is installed.
/// </summary>
internal sealed record RecordedCall(string[] Command, Dictionary<string, string> Headers, JsonNode Body)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Requests", "Recorded");

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order()!;

    public static RecordedCall Load(string name)
    {
        using var file = File.OpenRead(Path.Combine(Folder, $"{name}.json"));
        return JsonSerializer.Deserialize<RecordedCall>(file, Format)!;
    }

    /// <summary>Order does not matter among members; it does among elements.</summary>
    public void AssertSameAs(RecordedRequest request)
    {
        Assert.Equal("POST", request.Method);
        Assert.Equal("/", request.Path);
        Assert.All(Headers, header => Assert.Equal(header.Value, request.Headers.GetValueOrDefault(header.Key)));

        var body = JsonNode.Parse(request.Body);
        Assert.True(
            JsonNode.DeepEquals(Body, body),
            $"recorded: {Body.ToJsonString()}\nsent:     {body!.ToJsonString()}"
        );
    }
}
