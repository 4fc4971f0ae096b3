using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Testing;

namespace GenesysMock.Tests.Answers;

/// <summary>What the platform's official JavaScript SDK makes of the mock.</summary>
public sealed class SdkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_official_sdk_takes_the_mock_for_the_platform()
    {
        var loginPort = MockHost.FreePort();
        await using var mock = MockHost.Start(
            ("LOGIN_PORT", loginPort.ToString(CultureInfo.InvariantCulture)),
            ("Mock:Login:Clients:0:Id", "client"),
            ("Mock:Login:Clients:0:Secret", "secret"),
            ("Mock:Limits:PerToken", "20"),
            ("Mock:Faults:DetailsAfter", "00:00:00")
        );
        var conversation = mock.Hear();
        mock.Time.Advance(TimeSpan.FromMinutes(10));

        var seen = await RunAsync(
            mock.Address.Port.ToString(CultureInfo.InvariantCulture),
            loginPort.ToString(CultureInfo.InvariantCulture),
            conversation.Id,
            conversation.Participants[0].Party.ParticipantId
        );

        Assert.InRange(seen.GetProperty("tokenExpiresIn").GetInt32(), 86_390, 86_400);
        Assert.Equal("invalid_client", seen.GetProperty("refusedLogin").GetString());
        Assert.Equal("500", seen.GetProperty("patched").GetProperty("crmCaseId").GetString());
        Assert.Equal(conversation.Id, seen.GetProperty("conversation").GetProperty("id").GetString());
        Assert.Equal(
            "500",
            seen.GetProperty("conversation").GetProperty("attributes").GetProperty("crmCaseId").GetString()
        );
        Assert.Equal(conversation.Id, seen.GetProperty("details").GetProperty("id").GetString());
        Assert.Equal([conversation.Id], seen.GetProperty("many").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal("not.found", seen.GetProperty("notFound").GetString());
        Assert.Equal(2, seen.GetProperty("users").GetInt32());
        AssertRefused(seen.GetProperty("refused"));
    }

    private static void AssertRefused(JsonElement refused)
    {
        Assert.Equal(429, refused.GetProperty("status").GetInt32());
        Assert.Equal("61", refused.GetProperty("retryAfter").GetString());
        Assert.Equal("20", refused.GetProperty("allowed").GetString());
        Assert.Equal("too.many.requests.retry.after", refused.GetProperty("code").GetString());
        Assert.Equal("client.credentials.token.rate.per.minute", refused.GetProperty("limit").GetString());
    }

    private static async Task<JsonElement> RunAsync(params string[] arguments)
    {
        var folder = Repository.PathOf("tests", "GenesysMock.Tests", "js");
        using var node = Process.Start(
            new ProcessStartInfo("node", ["sdk.mjs", .. arguments])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = node.StandardError.ReadToEndAsync(Cancellation);
        var output = await node.StandardOutput.ReadToEndAsync(Cancellation);
        await node.WaitForExitAsync(Cancellation);
        Assert.True(node.ExitCode is 0, await errors);
        return JsonDocument.Parse(output).RootElement.Clone();
    }
}
