using System.Diagnostics;
using Events.DeadLetters;
using Operations.Answering;
using Operations.Commands;
using Operations.Redriving;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Commands;

public sealed class CommandTests(EmulatedAws aws)
{
    [Theory]
    [InlineData(true, "dead-letters", "list")]
    [InlineData(true, "--help")]
    [InlineData(false)]
    [InlineData(false, "--Collecting:Enabled=false")]
    public void A_command_is_told_from_a_setting(bool isCommand, params string[] args) =>
        Assert.Equal(isCommand, CommandLine.IsCommand(args));

    [Fact]
    public async Task A_command_collects_lists_and_redrives_only_when_told_to()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);

        var asked = await RunAsync(pipeline, "dead-letters", "collect");
        var left = await pipeline.DeadLettersInQueueAsync(cancellationToken);
        var collected = await RunAsync(pipeline, "dead-letters", "collect", "--yes");
        var listed = await RunAsync(pipeline, "dead-letters", "list");
        var planned = await RunAsync(
            pipeline,
            "dead-letters",
            "redrive",
            "--class",
            "transient",
            "--reason",
            "effect-timeout"
        );

        Assert.Contains("say --yes", asked, StringComparison.Ordinal);
        Assert.Equal(1, left);
        Assert.Contains("1 messages were taken", collected, StringComparison.Ordinal);
        Assert.Contains("effect-timeout", listed, StringComparison.Ordinal);
        Assert.Contains("1 letters would be redriven", planned, StringComparison.Ordinal);
        Assert.Empty(await pipeline.TakeEventsAsync(cancellationToken));
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("cancel")]
    public async Task A_redrive_is_changed_only_when_told_to(string verb)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var letter = await operations.OnlyLetterAsync(cancellationToken);
        var ordered = Assert.IsType<Answer<RedriveView>.Done>(
            await operations.Redrives.OrderAsync(
                new() { Letters = [letter.Id], DryRun = false },
                "a test",
                cancellationToken
            )
        );

        var said = await RunAsync(pipeline, "redrives", verb, ordered.Value.Redrive);

        Assert.Contains("say --yes", said, StringComparison.Ordinal);
        var now = Assert.IsType<Answer<RedriveView>.Done>(
            await operations.Redrives.FindAsync(ordered.Value.Redrive, cancellationToken)
        );
        Assert.Equal(RedriveState.Running, now.Value.State);
    }

    [Fact]
    public async Task Help_tells_the_commands()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);

        var help = await RunAsync(pipeline, "dead-letters", "--help");

        Assert.All(
            ["list", "show", "redrive", "discard", "return", "export"],
            command => Assert.Contains(command, help, StringComparison.Ordinal)
        );
    }

    private static async Task<string> RunAsync(EmulatedPipeline pipeline, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Repository.ProgramOf("Operations"), .. args])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in pipeline.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return output;
    }
}
