using System.Diagnostics;

namespace AWSSDK.SQS.Tests.Requests;

public sealed class RecordingTests : IDisposable
{
    private readonly string _configFile = Path.GetTempFileName();

    public static TheoryData<string> Calls => [.. RecordedCall.Names];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task The_AWS_CLI_still_sends_what_was_recorded(string name)
    {
        Assert.SkipUnless(IsOnPath("aws"), "The AWS CLI is not installed; the recorded requests stand for it.");
        await using var sqs = await LoopbackSqs.StartAsync(Answer.Ok());
        var recorded = RecordedCall.Load(name);

        await RunAsync([.. recorded.Command, "--endpoint-url", sqs.Url]);

        recorded.AssertSameAs(Assert.Single(sqs.Requests));
    }

    public void Dispose() => File.Delete(_configFile);

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private async Task RunAsync(string[] arguments)
    {
        // Version 2 takes binary values for base64 unless told otherwise; version 1 always takes them as they are.
        await File.WriteAllTextAsync(
            _configFile,
            "[default]\ncli_binary_format = raw-in-base64-out\n",
            TestContext.Current.CancellationToken
        );
        using var cli = Process.Start(
            new ProcessStartInfo("aws", arguments)
            {
                Environment =
                {
                    ["AWS_CONFIG_FILE"] = _configFile,
                    ["AWS_REGION"] = "us-east-1",
                    ["AWS_DEFAULT_REGION"] = "us-east-1",
                    ["AWS_ACCESS_KEY_ID"] = "test",
                    ["AWS_SECRET_ACCESS_KEY"] = "test",
                    ["AWS_PAGER"] = "",
                },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        await cli.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await cli.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
