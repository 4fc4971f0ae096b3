using System.Diagnostics;
using Testing;

namespace GenesysMock.Tests.Admin;

public sealed class SettingsTests
{
    [Fact]
    public async Task All_that_is_wrong_is_named_at_once_and_without_a_stack_trace()
    {
        var (exitCode, errors) = await StartAsync(
            "--Mock:Scenario=hurricane",
            "--Mock:IngestorUrl=ingestor",
            "--Mock:RetryDelayMin=00:00:30",
            "--Mock:IngestorBatchSize=0",
            "--Mock:Traffic:RatePerSeconds=1",
            "--Mock:Limits:PerToken=many",
            "--Mock:Login:Clients:0:Id=client",
            "--Mock:Faults:Rules:0:Rate=2",
            "--Mock:Shape:Burst:Factor=99",
            "--LOGIN_PORT=99999"
        );

        Assert.Equal(1, exitCode);
        Assert.All(
            [
                "there is no scenario 'hurricane', but calm, monday-morning, outage, storm, throttled.",
                "Mock:IngestorUrl (ingestor) must be an absolute http or https address.",
                "Mock:RetryDelayMin (00:00:30) must not be longer than Mock:RetryDelayMax",
                "IngestorBatchSize must be between 1 and 100.",
                "RatePerSeconds",
                "Mock:Limits:PerToken",
                "Secret field is required",
                "Rate must be between 0 and 1.",
                "must not be longer than Every",
                "LoginPort must be between 1 and 65535.",
            ],
            named => Assert.Contains(named, errors, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_explains_options_and_scenarios()
    {
        using var mock = Process.Start(
            new ProcessStartInfo("dotnet", [Repository.ProgramOf("GenesysMock"), "--help"])
            {
                RedirectStandardOutput = true,
            }
        )!;

        var help = await mock.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await mock.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, mock.ExitCode);
        Assert.All(
            ["LOGIN_PORT", "Mock:IngestorUrl", "calm", "monday-morning", "storm", "outage", "throttled"],
            word => Assert.Contains(word, help, StringComparison.Ordinal)
        );
    }

    private static async Task<(int ExitCode, string Errors)> StartAsync(params string[] settings)
    {
        using var mock = Process.Start(
            new ProcessStartInfo("dotnet", [Repository.ProgramOf("GenesysMock"), .. settings])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var output = mock.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await mock.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await mock.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (mock.ExitCode, errors);
    }
}
