using System.Diagnostics;
using Testing;

namespace Provisioner.Tests;

/// <summary>The program as it is started: what it prints and what it ends with.</summary>
public sealed class ProgramTests
{
    private static readonly Dictionary<string, string> Nowhere = new()
    {
        ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9/",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Help_tells_how_to_use_it()
    {
        var (code, output) = await RunAsync([], "--help");

        Assert.Equal(0, code);
        Assert.Contains("Exit codes:", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "nowhere.json: there is no such file", "nowhere.json")]
    [InlineData(2, "there is no Stage", "--Provisioner:Parameters:Stage=x")]
    [InlineData(2, "EndpointTimeout must be between", "--Provisioner:EndpointTimeout=1.00:00:00")]
    [InlineData(2, "'soon' at 'Provisioner:EndpointTimeout'", "--Provisioner:EndpointTimeout=soon")]
    [InlineData(1, "SQS: nothing answers at http://127.0.0.1:9/", "--Provisioner:EndpointTimeout=00:00:00")]
    public async Task What_is_wrong_is_one_line_and_an_exit_code(int code, string line, string argument)
    {
        var (ended, output) = await RunAsync(Nowhere, argument);

        Assert.Equal(code, ended);
        Assert.Contains(line, Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_never_touched()
    {
        var withoutEndpoint = Nowhere.Where(variable => variable.Key != "AWS_ENDPOINT_URL").ToDictionary();

        var (code, output) = await RunAsync(withoutEndpoint);

        Assert.Equal(1, code);
        Assert.Contains("SQS: no endpoint is set", Assert.Single(output.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> RunAsync(
        Dictionary<string, string> environment,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("dotnet", [Repository.ProgramOf("Provisioner"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var inherited in start
                .Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal))
                .ToList()
        )
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output + await errors);
    }
}
