using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Events.DeadLetters;
using GenesysApi.Budget;
using Microsoft.Playwright;
using Operations.DeadLetters;
using Operations.Redriving;
using Operations.Tests.Emulated;

namespace Operations.Tests.Browsing;

/// <summary>One Operations with something on every page, for all tests that only look or have a letter of their own.</summary>
internal sealed class SharedSite(EmulatedAws aws) : IAsyncDisposable
{
    public const string ReaderToken = "a-reader-token-of-a-test";

    /// <summary>The reason of the only letter of the test that redrives one.</summary>
    public const string ToBeRedriven = "effect-rejected-once";

    public const string Hostile =
        "</pre><img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> \u202Egpj.exe ";

    /// <summary>That stopped, long ago: its letters are gone.</summary>
    public const string ARedrive = "20261120-080000-0a1b";

    public const string ABudget = "a-client#requests-per-minute";

    /// <summary>That died before it was started, or just after.</summary>
    public const int Letters = 11;

    private const int TelephoneWidth = 375;

    private static readonly AxeRunOptions ColoursOnly = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] },
    };

    private static readonly string[] Pages =
    [
        "",
        "login",
        "dead-letters",
        "dead-letters/transient/effect-timeout",
        $"dead-letters/letter/{LetterId}",
        "redrives",
        $"redrives/{ARedrive}",
        "conversations",
        $"conversations/{AnEvent.Decode(AnEvent.Of(101)).ConversationId}",
        "budget",
        "audit",
        "journal",
    ];

    private readonly Lazy<Task<(EmulatedPipeline Pipeline, OperationsProcess Operations)>> _site = new(() =>
        StartAsync(aws)
    );

    private Lazy<Task<IReadOnlyList<PageSeen>>>? _tour;

    public static string LetterId => LetterReading.IdOf(AnEvent.Of(1));

    internal async Task<OperationsProcess> OperationsAsync() => (await _site.Value).Operations;

    internal async Task<EmulatedPipeline> PipelineAsync() => (await _site.Value).Pipeline;

    /// <summary>Every page as it is in light and in dark and on a telephone, opened once in each of two windows.</summary>
    internal Task<IReadOnlyList<PageSeen>> TourAsync(Browser browser) =>
        (LazyInitializer.EnsureInitialized(ref _tour, () => new(() => LookAroundAsync(browser)))).Value;

    /// <summary>Until it shows what it is about.</summary>
    internal static async Task OpenAsync(IPage page, OperationsProcess operations, string path)
    {
        await page.GotoAsync(new Uri(operations.Link, $"/{path}").ToString());
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Reading.");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("is under way.");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Something is broken");
    }

    public async ValueTask DisposeAsync()
    {
        if (_site.IsValueCreated)
        {
            var (pipeline, operations) = await _site.Value;
            await operations.DisposeAsync();
            pipeline.Dispose();
        }
    }

    private async Task<IReadOnlyList<PageSeen>> LookAroundAsync(Browser browser)
    {
        var tours = await Task.WhenAll(
            LookAroundAsync(browser, ColorScheme.Light),
            LookAroundAsync(browser, ColorScheme.Dark)
        );
        return [.. tours.SelectMany(seen => seen)];
    }

    private async Task<List<PageSeen>> LookAroundAsync(Browser browser, ColorScheme scheme)
    {
        await using var window = await browser.NewWindowAsync(scheme: scheme);
        var operations = await OperationsAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());
        var seen = new List<PageSeen>();
        foreach (var path in Pages)
        {
            await OpenAsync(page, operations, path);
            // In the dark a page has the same parts and other colours.
            var findings = await FindingsAsync(page, scheme == ColorScheme.Dark ? ColoursOnly : null);
            if (path == "dead-letters")
            {
                await Browser.PictureAsync(page, scheme == ColorScheme.Dark ? "groups-dark" : "groups");
            }

            await page.SetViewportSizeAsync(TelephoneWidth, 800);
            if (path == "dead-letters" && scheme == ColorScheme.Light)
            {
                await Browser.PictureAsync(page, "groups-phone");
            }

            var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            seen.Add(new PageSeen(path, scheme, findings, width));
            await page.SetViewportSizeAsync(1280, 900);
        }

        return seen;
    }

    private static async Task<IReadOnlyList<string>> FindingsAsync(IPage page, AxeRunOptions? options) =>
        [
            .. (await page.RunAxe(options))
                .Violations.Where(violation => violation.Impact is "serious" or "critical")
                .SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")),
        ];

    private static async Task<(EmulatedPipeline, OperationsProcess)> StartAsync(EmulatedAws aws)
    {
        var cancellationToken = CancellationToken.None;
        var pipeline = await aws.NewPipelineAsync(cancellationToken);
        foreach (var number in Enumerable.Range(1, 8))
        {
            await pipeline.BuryAsync(AnEvent.Of(number), "effect-timeout", FailureClass.Transient, cancellationToken);
            var known = AnEvent.Decode(AnEvent.Of(number + 100));
            await pipeline.RecordAsync(known.Subject, known.SortKey, known.PublishedAt, cancellationToken);
            await pipeline.SummariseAsync(known.ConversationId!, "present", cancellationToken);
        }

        var now = TimeProvider.System.GetUtcNow();
        await pipeline.DynamoDb.PutItemAsync(
            pipeline.Names.BudgetTable,
            BudgetItem.From(
                new BudgetRecord
                {
                    Budget = ABudget,
                    Allowed = 300,
                    Reserve = 15,
                    WindowStart = now,
                    Used = 42,
                    Shares = [new BudgetShare("a-replica", BudgetClass.Live, 100, 120, 300, now.AddMinutes(1))],
                },
                now
            ),
            cancellationToken
        );
        using (var operations = new OperationsUnderTest(pipeline))
        {
            await operations.RedriveStore.CreateAsync(
                new Redrive
                {
                    Id = ARedrive,
                    State = RedriveState.Stopped,
                    Why = "3 of a step of 10 failed again: more than 20 %.",
                    Of = "group transient/effect-timeout",
                    By = "a test",
                    CreatedAt = now,
                    ChangedAt = now,
                    Ramp = [1, 2, 10],
                    RatePerSecond = 5,
                    BudgetSharePercent = 20,
                    StopAtPercent = 20,
                    List = ARedrive,
                    Taken = 20,
                    Step = 2,
                    StepStart = 3,
                    StepEnd = 13,
                    Position = 13,
                    Sent = 12,
                    Recovered = 9,
                    FailedAgain = 3,
                    Skipped = 1,
                },
                [.. Enumerable.Range(1, 20).Select(number => LetterReading.IdOf($"gone {number}"))],
                cancellationToken
            );
        }

        await pipeline.BuryAsync(AnEvent.Poison(9), "no-event-body", FailureClass.Poison, cancellationToken);
        await pipeline.BuryAsync(AnEvent.Of(10), ToBeRedriven, FailureClass.Transient, cancellationToken);
        await pipeline.BuryAsync(
            $"{Hostile}{new string('x', 1_000_000)}",
            "not-json: <b>bold</b>",
            FailureClass.Poison,
            cancellationToken
        );
        return (
            pipeline,
            await OperationsProcess.StartAsync(
                pipeline,
                cancellationToken,
                ("Operations__ReadOnlyToken", ReaderToken),
                ("Operations__RevalidateEvery", "00:00:01"),
                ("METRICS_ENDPOINT", "true")
            )
        );
    }
}

/// <param name="Findings">What axe calls serious, or worse.</param>
/// <param name="Width">On a telephone.</param>
internal sealed record PageSeen(string Path, ColorScheme Scheme, IReadOnlyList<string> Findings, int Width);
