using Deque.AxeCore.Playwright;
using Events.DeadLetters;
using Microsoft.Playwright;
using Operations.DeadLetters;
using Operations.Tests.Emulated;

namespace Operations.Tests.Browsing;

/// <summary>One Operations with something on every page, for all tests that only look or have a letter of their own.</summary>
public sealed class SharedSite(EmulatedAws aws, Browser browser) : IAsyncDisposable
{
    public const string ReaderToken = "a-reader-token-of-a-test";

    /// <summary>The reason of the only letter of the test that redrives one.</summary>
    public const string ToBeRedriven = "effect-rejected-once";

    public const string Hostile =
        "</pre><img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> \u202Egpj.exe ";

    private const int TelephoneWidth = 375;

    private static readonly string[] Pages =
    [
        "",
        "login",
        "dead-letters",
        "dead-letters/transient/effect-timeout",
        $"dead-letters/letter/{LetterId}",
        "redrives",
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

    private static string LetterId => LetterReading.IdOf(AnEvent.Of(1));

    internal async Task<OperationsProcess> OperationsAsync() => (await _site.Value).Operations;

    /// <summary>Every page as it is in light and in dark and on a telephone, opened once.</summary>
    internal Task<IReadOnlyList<PageSeen>> TourAsync() =>
        (LazyInitializer.EnsureInitialized(ref _tour, () => new(LookAroundAsync))).Value;

    /// <summary>Until it shows what it is about.</summary>
    internal static async Task OpenAsync(IPage page, OperationsProcess operations, string path)
    {
        await page.GotoAsync(new Uri(operations.Link, $"/{path}").ToString());
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Reading.");
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("is under way.");
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

    private async Task<IReadOnlyList<PageSeen>> LookAroundAsync()
    {
        await using var window = await browser.NewWindowAsync();
        var operations = await OperationsAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());
        var seen = new List<PageSeen>();
        foreach (var path in Pages)
        {
            await OpenAsync(page, operations, path);
            var light = await FindingsAsync(page);
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await page.EvaluateAsync("Promise.all(document.getAnimations().map(animation => animation.finished))");
            var dark = await FindingsAsync(page);
            await page.SetViewportSizeAsync(TelephoneWidth, 800);
            var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            seen.Add(new PageSeen(path, light, dark, width));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            await page.SetViewportSizeAsync(1280, 900);
        }

        return seen;
    }

    private static async Task<IReadOnlyList<string>> FindingsAsync(IPage page) =>
        [
            .. (await page.RunAxe())
                .Violations.Where(violation => violation.Impact is "serious" or "critical")
                .SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")),
        ];

    private static async Task<(EmulatedPipeline, OperationsProcess)> StartAsync(EmulatedAws aws)
    {
        var cancellationToken = CancellationToken.None;
        var pipeline = await aws.NewPipelineAsync(cancellationToken);
        for (var number = 1; number <= 8; number++)
        {
            await pipeline.BuryAsync(AnEvent.Of(number), "effect-timeout", FailureClass.Transient, cancellationToken);
            var known = AnEvent.Decode(AnEvent.Of(number + 100));
            await pipeline.RecordAsync(known.Subject, known.SortKey, known.PublishedAt, cancellationToken);
            await pipeline.SummariseAsync(known.ConversationId!, "present", cancellationToken);
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
            await OperationsProcess.StartAsync(pipeline, cancellationToken, ("Operations__ReadOnlyToken", ReaderToken))
        );
    }
}

/// <param name="Light">What axe calls serious, or worse, in light.</param>
/// <param name="Width">On a telephone.</param>
internal sealed record PageSeen(string Path, IReadOnlyList<string> Light, IReadOnlyList<string> Dark, int Width);
