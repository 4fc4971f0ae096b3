using System.CommandLine;

namespace Operations.Commands;

/// <summary>What the pages can do, as commands: <c>dotnet run --project Operations -- dead-letters list</c>. What changes something needs --yes.</summary>
internal static class CommandLine
{
    public static readonly Option<bool> Yes = new("--yes")
    {
        Description = "Do it. Without it the command says what it would do.",
    };

    private static readonly Option<string?> Class = new("--class")
    {
        Description = "transient, permanent, poison or unknown.",
    };

    private static readonly Option<string?> Reason = new("--reason")
    {
        Description = "The normalised reason, as list shows it.",
    };

    private static readonly Argument<string> Id = new("letter")
    {
        Description = "The id of a letter, or the beginning of it.",
    };

    /// <summary>Everything else starts the server, whose settings look like <c>--Section:Name=value</c>.</summary>
    public static bool IsCommand(string[] args) =>
        args
            is [
                "dead-letters"
                or "redrives"
                or "conversations"
                or "budget"
                or "audit"
                or "journal"
                or "help"
                or "--help"
                or "-h"
                or "-?",
                ..,
            ];

    public static Task<int> RunAsync(string[] args, CancellationToken cancellationToken) =>
        Root().Parse(args is ["help", .. var rest] ? [.. rest, "--help"] : args).InvokeAsync(null, cancellationToken);

    public static RootCommand Root() =>
        new(
            "Operations: dead letters, redrives, conversations, the API's budget, audits and the journal. Without a command it serves the pages and the HTTP API at ASPNETCORE_URLS; queues and tables are where the AWS SDK's environment says."
        )
        {
            DeadLetters(),
            Redrives(),
            ReportCommands.Conversations(),
            ReportCommands.Budget(),
            ReportCommands.Audit(),
            ReportCommands.Journal(),
        };

    private static Command DeadLetters() =>
        new("dead-letters", "What failed, and what to do about it.")
        {
            List(),
            Show(),
            Redrive(),
            Resend(),
            Discard(),
            Return(),
            Export(),
            Act(
                "collect",
                "Takes dead letters out of their queue now, without a server.",
                [Yes],
                (desk, parsed, token) => desk.CollectAsync(parsed.GetValue(Yes), token)
            ),
        };

    private static Command Redrives()
    {
        var id = new Argument<string>("redrive") { Description = "The id of a redrive, as list shows it." };
        return new("redrives", "Those that were ordered.")
        {
            Act("list", "The latest.", [], (desk, _, token) => desk.ListRedrivesAsync(token)),
            Act(
                "pause",
                "Sends nothing more for now.",
                [id, Yes],
                (desk, parsed, token) => desk.PauseAsync(parsed.GetValue(id)!, parsed.GetValue(Yes), token)
            ),
            Act(
                "resume",
                "Goes on where it paused or stopped.",
                [id, Yes],
                (desk, parsed, token) => desk.ResumeAsync(parsed.GetValue(id)!, parsed.GetValue(Yes), token)
            ),
            Act(
                "cancel",
                "Ends it; what was sent stays sent.",
                [id, Yes],
                (desk, parsed, token) => desk.CancelAsync(parsed.GetValue(id)!, parsed.GetValue(Yes), token)
            ),
        };
    }

    private static Command List()
    {
        var take = new Option<int>("--take") { Description = "At most so many.", DefaultValueFactory = _ => 20 };
        return Act(
            "list",
            "Groups by class and reason, of one class or reason if it is named; with --class and --reason, the letters of one.",
            [Class, Reason, take],
            (desk, parsed, token) =>
                desk.ListAsync(parsed.GetValue(Class), parsed.GetValue(Reason), parsed.GetValue(take), token)
        );
    }

    private static Command Show()
    {
        var reveal = new Option<bool>("--reveal") { Description = "Personal data too; the journal keeps who looked." };
        var body = new Option<bool>("--body") { Description = "Only its body, as it is: what resend takes, edited." };
        return Act(
            "show",
            "One letter with its history, a preview, and its body.",
            [Id, reveal, body],
            (desk, parsed, token) =>
                parsed.GetValue(body)
                    ? desk.ShowBodyAsync(parsed.GetValue(Id)!, parsed.GetValue(reveal), token)
                    : desk.ShowAsync(parsed.GetValue(Id)!, parsed.GetValue(reveal), token)
        );
    }

    private static Command Redrive()
    {
        var letters = new Argument<string[]>("letters")
        {
            Description = "Ids of letters, instead of a group.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var count = new Option<int?>("--count") { Description = "At most so many of the group." };
        var ramp = new Option<string?>("--ramp")
        {
            Description = "How many each step sends, as in 1,2,5,10; the last repeats.",
        };
        var rate = new Option<double>("--rate") { Description = "Messages a second.", DefaultValueFactory = _ => 5 };
        var share = new Option<int>("--budget-share")
        {
            Description = "Percent of the API's budget.",
            DefaultValueFactory = _ => 20,
        };
        var stopAt = new Option<int>("--stop-at")
        {
            Description = "Percent of a step that may fail again.",
            DefaultValueFactory = _ => 20,
        };
        var run = new Option<bool>("--run") { Description = "Work on it here until it ends, where no server runs." };
        return Act(
            "redrive",
            "Brings letters back, slowly: --class and --reason, or ids.",
            [letters, Class, Reason, count, ramp, rate, share, stopAt, run, Yes],
            (desk, parsed, token) =>
                desk.RedriveAsync(
                    new()
                    {
                        Letters = parsed.GetValue(letters) is { Length: > 0 } ids ? ids : null,
                        Class = parsed.GetValue(Class),
                        Reason = parsed.GetValue(Reason),
                        Count = parsed.GetValue(count),
                        Ramp = parsed
                            .GetValue(ramp)
                            ?.Split(',')
                            .Select(step => int.TryParse(step, out var number) ? number : 0)
                            .ToList(),
                        RatePerSecond = parsed.GetValue(rate),
                        BudgetSharePercent = parsed.GetValue(share),
                        StopAtPercent = parsed.GetValue(stopAt),
                        DryRun = !parsed.GetValue(Yes),
                    },
                    parsed.GetValue(run),
                    token
                )
        );
    }

    private static Command Resend()
    {
        var file = new Option<string>("--file")
        {
            Description = "The edited body; '-' reads it from standard input.",
            Required = true,
        };
        var note = new Option<string>("--note") { Description = "What was edited, and why.", Required = true };
        return Act(
            "resend",
            "Sends an edited copy in a letter's place: a new event, which names the letter as its parent.",
            [Id, file, note, Yes],
            (desk, parsed, token) =>
                desk.ResendAsync(
                    parsed.GetValue(Id)!,
                    parsed.GetValue(file)!,
                    parsed.GetValue(note)!,
                    parsed.GetValue(Yes),
                    token
                )
        );
    }

    private static Command Discard()
    {
        var note = new Option<string>("--note") { Description = "Why; somebody will ask.", Required = true };
        return Act(
            "discard",
            "Drops a letter for good.",
            [Id, note, Yes],
            (desk, parsed, token) =>
                desk.DiscardAsync(parsed.GetValue(Id)!, parsed.GetValue(note)!, parsed.GetValue(Yes), token)
        );
    }

    private static Command Return() =>
        Act(
            "return",
            "Puts a letter back into its queue, for SQS's own redrive. Stop collecting first.",
            [Id, Yes],
            (desk, parsed, token) => desk.ReturnAsync(parsed.GetValue(Id)!, parsed.GetValue(Yes), token)
        );

    private static Command Export() =>
        Act(
            "export",
            "Letters as lines of JSON, bodies as they are.",
            [Class, Reason],
            (desk, parsed, token) => desk.ExportAsync(parsed.GetValue(Class), parsed.GetValue(Reason), token)
        );

    private static Command Act(
        string name,
        string description,
        Symbol[] parameters,
        Func<CommandDesk, ParseResult, CancellationToken, Task<int>> act
    ) => Act<CommandDesk>(name, description, parameters, act);

    public static Command Act<TDesk>(
        string name,
        string description,
        Symbol[] parameters,
        Func<TDesk, ParseResult, CancellationToken, Task<int>> act
    )
        where TDesk : notnull
    {
        var command = new Command(name, description);
        foreach (var parameter in parameters)
        {
            if (parameter is Option option)
            {
                command.Options.Add(option);
            }
            else
            {
                command.Arguments.Add((Argument)parameter);
            }
        }

        command.SetAction((parsed, token) => CommandHost.RunAsync<TDesk>(desk => act(desk, parsed, token), token));
        return command;
    }
}
