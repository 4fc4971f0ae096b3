using System.CommandLine;
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
    [InlineData(true, "conversations", "list")]
    [InlineData(true, "budget")]
    [InlineData(true, "audit")]
    [InlineData(true, "journal")]
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
    public async Task A_letter_is_edited_and_sent_in_its_place_only_when_told_to()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);
        var id = (await operations.OnlyLetterAsync(cancellationToken)).Id[..12];
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7()}.json");

        var body = await RunAsync(pipeline, "dead-letters", "show", id, "--body", "--reveal");
        await File.WriteAllTextAsync(file, body, cancellationToken);
        var same = await RunAsync(pipeline, "dead-letters", "resend", id, "--file", file, "--note", "a test", "--yes");
        await File.WriteAllTextAsync(file, AnEvent.Of(1, "edited"), cancellationToken);
        var planned = await RunAsync(pipeline, "dead-letters", "resend", id, "--file", file, "--note", "a test");
        var sentYet = await pipeline.TakeEventsAsync(cancellationToken);
        await RunAsync(pipeline, "dead-letters", "resend", id, "--file", file, "--note", "a test", "--yes");
        File.Delete(file);

        Assert.Equal(AnEvent.Of(1), body.TrimEnd());
        Assert.Contains("Nothing was edited", same, StringComparison.Ordinal);
        Assert.Contains("say --yes", planned, StringComparison.Ordinal);
        Assert.Empty(sentYet);
        Assert.Equal(AnEvent.Of(1, "edited"), Assert.Single(await pipeline.TakeEventsAsync(cancellationToken)).Body);
        Assert.Contains(await operations.Journal.ReadAsync(1, cancellationToken), entry => entry.What == "resend");
    }

    [Fact]
    public async Task Conversations_and_the_budget_are_told_on_a_terminal()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        var known = AnEvent.Decode(AnEvent.Of(1));
        await pipeline.RecordAsync(known.Subject, known.SortKey, known.PublishedAt, cancellationToken);
        await pipeline.SummariseAsync(known.ConversationId!, "present", cancellationToken, """{"caller":"Jane Doe"}""");

        var latest = await RunAsync(pipeline, "conversations", "list");
        var shown = await RunAsync(pipeline, "conversations", "show", known.ConversationId!);
        var budget = await RunAsync(pipeline, "budget");

        Assert.Contains(known.ConversationId!, latest, StringComparison.Ordinal);
        Assert.Contains("1 events, 0 dead letters", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Jane", shown, StringComparison.Ordinal);
        Assert.Contains("Nobody has called the API", budget, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audit_asks_Genesys_only_when_told_to()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        var known = AnEvent.Decode(AnEvent.Of(1));
        await pipeline.RecordAsync(known.Subject, known.SortKey, known.PublishedAt, cancellationToken);
        await using var genesys = await GenesysStandIn.StartAsync(
            [known.ConversationId!, "one-that-never-came"],
            cancellationToken
        );
        string[] audit = ["audit", "--from", "2026-03-19T14:00:00Z", "--to", "2026-03-19T15:00:00Z"];

        var planned = await RunAsync(pipeline, genesys.Settings, audit);
        var askedYet = genesys.Asked;
        var done = await RunAsync(pipeline, genesys.Settings, [.. audit, "--yes"]);
        var journal = await RunAsync(pipeline, "journal");

        Assert.Contains("Nothing was asked: say --yes", planned, StringComparison.Ordinal);
        Assert.Equal((0, 1), (askedYet, genesys.Asked));
        Assert.Contains("one-that-never-came", done, StringComparison.Ordinal);
        Assert.Contains("tells of 2 conversations; 1 arrived here, 1 are missing", done, StringComparison.Ordinal);
        Assert.Contains("2 lines", journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_tells_of_every_command_what_it_is_for_and_what_it_takes()
    {
        var commands = All(CommandLine.Root()).ToList();

        Assert.Equal(
            [
                "audit",
                "budget",
                "cancel",
                "collect",
                "discard",
                "export",
                "journal",
                "list",
                "list",
                "list",
                "pause",
                "redrive",
                "resend",
                "resume",
                "return",
                "show",
                "show",
            ],
            commands.Where(command => command.Subcommands.Count == 0).Select(command => command.Name).Order()
        );
        foreach (var command in commands)
        {
            using var help = new StringWriter();
            await command.Parse(["--help"]).InvokeAsync(new() { Output = help }, TestContext.Current.CancellationToken);
            Assert.All(
                [.. command.Options, .. command.Arguments, .. command.Subcommands],
                (Symbol symbol) =>
                {
                    Assert.False(string.IsNullOrWhiteSpace(symbol.Description), symbol.Name);
                    Assert.Contains(symbol.Name, help.ToString(), StringComparison.Ordinal);
                }
            );
        }
    }

    [Fact]
    public void What_changes_something_or_costs_something_waits_for_yes() =>
        Assert.Equal(
            ["audit", "cancel", "collect", "discard", "pause", "redrive", "resend", "resume", "return"],
            All(CommandLine.Root())
                .Where(command => command.Options.Contains(CommandLine.Yes))
                .Select(command => command.Name)
                .Order()
        );

    [Fact]
    public async Task A_list_is_of_the_class_that_was_asked_for()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        using var operations = new OperationsUnderTest(pipeline);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
        await pipeline.BuryAsync(AnEvent.Of(2), "effect-rejected", FailureClass.Permanent, cancellationToken);
        await operations.CollectAllAsync(cancellationToken);

        var listed = await RunAsync(pipeline, "dead-letters", "list", "--class", "permanent");

        Assert.Contains("effect-rejected", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("effect-timeout", listed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dead-letters", "list")]
    [InlineData("dead-letters", "export")]
    [InlineData("dead-letters", "redrive", "--class", "transient", "--reason", "effect-timeout")]
    public async Task A_table_that_does_not_answer_ends_a_command_with_two(params string[] args)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        var noTable = new Dictionary<string, string> { ["Pipeline__DeadLettersTable"] = "a-table-that-nobody-made" };

        var (said, code) = await EndAsync(pipeline, noTable, args);

        Assert.Equal(2, code);
        Assert.DoesNotContain("0 letters", said, StringComparison.Ordinal);
    }

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

    private static Task<string> RunAsync(EmulatedPipeline pipeline, params string[] args) =>
        RunAsync(pipeline, new Dictionary<string, string>(), args);

    private static async Task<string> RunAsync(
        EmulatedPipeline pipeline,
        IReadOnlyDictionary<string, string> settings,
        string[] args
    ) => (await EndAsync(pipeline, settings, args)).Said;

    /// <summary>What it says, and why it refuses; and its exit code.</summary>
    private static async Task<(string Said, int Code)> EndAsync(
        EmulatedPipeline pipeline,
        IReadOnlyDictionary<string, string> settings,
        string[] args
    )
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Repository.ProgramOf("Operations"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in pipeline.Environment.Concat(settings))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var refusals = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return (output + await refusals, process.ExitCode);
    }
}
