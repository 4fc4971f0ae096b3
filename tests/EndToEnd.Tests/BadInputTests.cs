using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Testing;

namespace EndToEnd.Tests;

/// <summary>What a newcomer gets wrong: one clear line each, an exit code that says so, and no stack trace.</summary>
[Collection(nameof(WholeSystem))]
public sealed class BadInputTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task An_unknown_mode_names_the_modes()
    {
        var output = await FailAsync(["--Aws:Mode=azure"]);

        Assert.Contains(
            "Aws:Mode is 'azure'; it can be embedded (the default), endpoint, localstack or cloud",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_missing_endpoint_names_the_setting()
    {
        var output = await FailAsync(["--Aws:Mode=endpoint"]);

        Assert.Contains("needs Aws:Endpoint", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_is_named()
    {
        var output = await FailAsync(["--Aws:Mode=endpoint", "--Aws:Endpoint=http://127.0.0.1:9"]);

        Assert.Contains("Nothing answers at http://127.0.0.1:9/", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_a_region_is_told_how_to_give_one()
    {
        var output = await FailAsync(
            ["--Aws:Mode=cloud"],
            start =>
            {
                start.Environment.Remove("AWS_REGION");
                start.Environment.Remove("AWS_DEFAULT_REGION");
                start.Environment["AWS_CONFIG_FILE"] = "/nonexistent";
                start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent";
            }
        );

        Assert.Contains("Aws:Mode=cloud needs a region: --Aws:Region=", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_the_stack_is_told_how_to_deploy_it()
    {
        await using var emulators = await Emulators.StartAsync(TestContext.Current.CancellationToken);

        var output = await FailAsync(
            ["--Aws:Mode=cloud", "--Aws:Region=eu-central-1"],
            start =>
            {
                foreach (var (name, value) in emulators.Environment)
                {
                    start.Environment[name] = value;
                }
            }
        );

        Assert.Contains(
            "There is no queue genesys-events in eu-central-1. Deploy its stack first: aws cloudformation deploy ",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_number_of_events_that_is_none_is_refused_before_anything_starts()
    {
        var output = await FailAsync(["--Proof:Events=many"]);

        Assert.Contains("Proof:Events is 'many'", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Prof:Events=1", "There is no setting Prof;")]
    [InlineData("--Proof=1", "There is no setting Proof;")]
    [InlineData("--Proof:Event=1", "There is no setting Proof:Event;")]
    [InlineData("--Proof:Enrichment=no", "Proof:Enrichment is 'no'; it must be true or false.")]
    [InlineData("--Proof:Seed=seven", "Proof:Seed is 'seven'; it must be a whole number.")]
    [InlineData("--Proof:Timeout=soon", "Proof:Timeout is 'soon'; it must be a time")]
    public async Task A_name_or_a_value_that_cannot_be_is_refused_before_anything_starts(string argument, string words)
    {
        var output = await FailAsync([argument]);

        Assert.StartsWith(words, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_port_is_named_with_the_resource_that_wants_it()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;

        var output = await FailAsync([$"--Ports:Ingestor={port}"]);

        Assert.Contains($"{port}", output, StringComparison.Ordinal);
        Assert.Contains("ingestor", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_template_ends_the_start_with_the_provisioners_words()
    {
        var template = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(template, "{ \"Resources\": ", TestContext.Current.CancellationToken);
        try
        {
            var output = await FailAsync([$"--Aws:Template={template}"]);

            Assert.Contains("provisioner", output, StringComparison.Ordinal);
            Assert.Contains(template, output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(template);
        }
    }

    [Fact]
    public async Task Without_Node_the_build_says_what_to_install()
    {
        var folder = Directory.CreateTempSubdirectory("emulators").FullName;
        try
        {
            foreach (var file in new[] { "emulators.proj", "package.json", "package-lock.json" })
            {
                File.Copy(Repository.PathOf("AppHost", "emulators", file), Path.Combine(folder, file));
            }

            var output = await BuildWithoutNodeAsync(folder);

            Assert.Contains("NODE001: Node.js was not found", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> FailAsync(string[] arguments, Action<ProcessStartInfo>? configure = null)
    {
        await using var run = AppHostRun.Start(arguments, configure);

        var exitCode = await run.ExitCodeAsync(Soon, TestContext.Current.CancellationToken);

        Assert.NotEqual(0, exitCode);
        Assert.Single(run.Errors);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", run.Output, StringComparison.Ordinal);
        return run.Output;
    }

    private static async Task<string> BuildWithoutNodeAsync(string folder)
    {
        var dotnet =
            Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet"
                ? path
                : "/usr/share/dotnet/dotnet";
        using var build = Process.Start(
            new ProcessStartInfo(dotnet, ["msbuild", Path.Combine(folder, "emulators.proj"), "-nologo"])
            {
                RedirectStandardOutput = true,
                // The shell and nothing else: a machine on which Node was never installed.
                Environment = { ["PATH"] = "/nonexistent" },
            }
        )!;
        var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, build.ExitCode);
        return output;
    }
}
