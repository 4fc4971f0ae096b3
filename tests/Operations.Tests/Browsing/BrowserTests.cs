using System.Globalization;
using Deque.AxeCore.Playwright;
using Events.DeadLetters;
using Microsoft.Playwright;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Browsing;

public sealed class BrowserTests(EmulatedAws aws, Browser browser)
{
    private const int MarginOfRounding = 1;

    private static readonly string[] Pages =
    [
        "",
        "dead-letters",
        "dead-letters/transient/effect-timeout",
        "redrives",
        "conversations",
        "budget",
        "audit",
        "journal",
    ];

    [Fact]
    public async Task The_printed_link_lets_in_and_nothing_else_does()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var operations = await OperationsProcess.StartAsync(pipeline, cancellationToken);
        var page = await window.NewPageAsync();

        await page.GotoAsync(new Uri(operations.Link, "/dead-letters").ToString());
        await Assertions.Expect(page.GetByLabel("Token")).ToBeVisibleAsync();
        await page.GetByLabel("Token").FillAsync("a-token-that-nobody-has");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not known");
        await page.GotoAsync(operations.Link.ToString());

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Overview" })).ToBeVisibleAsync();
        Assert.DoesNotContain("t=", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_only_look_is_offered_nothing_else()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
        await using var operations = await OperationsProcess.StartAsync(
            pipeline,
            cancellationToken,
            ("Operations__ReadOnlyToken", "a-reader-token-of-a-test")
        );
        var page = await window.NewPageAsync();

        await page.GotoAsync(new Uri(operations.Link, "/login?t=a-reader-token-of-a-test").ToString());
        await page.GotoAsync(new Uri(operations.Link, "/dead-letters/transient/effect-timeout").ToString());

        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("1");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Redrive the group" }))
            .ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Hostile_content_is_text()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        var hostile =
            $"</pre><img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> \u202Egpj.exe {new string('x', 1_000_000)}";
        await pipeline.BuryAsync(hostile, "not-json: <b>bold</b>", FailureClass.Poison, cancellationToken);
        await using var operations = await OperationsProcess.StartAsync(pipeline, cancellationToken);
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());

        await page.GotoAsync(new Uri(operations.Link, "/dead-letters/poison/not-json").ToString());
        await page.Locator("tbody a").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show personal data" }).ClickAsync();

        var body = page.GetByLabel("Body", new() { Exact = true });
        await Assertions.Expect(body).ToContainTextAsync("onerror=\"document.title='owned'\"");
        await Assertions.Expect(body).ToContainTextAsync("\\u202egpj.exe");
        await Assertions.Expect(page).Not.ToHaveTitleAsync("owned");
        Assert.Equal(0, await page.Locator("main img, main script").CountAsync());
    }

    [Fact]
    public async Task A_group_that_still_fails_is_stopped_by_the_ramp()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await BuryMixedAsync(pipeline, cancellationToken);
        await using var operations = await OperationsProcess.StartAsync(pipeline, cancellationToken);
        await using var processor = ProcessorProcess.Start(pipeline);
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());

        await page.GotoAsync(new Uri(operations.Link, "/dead-letters").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "effect-timeout" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("200", new() { Timeout = 60_000 });
        await page.GetByLabel("Messages a second").FillAsync("100");
        await page.GetByRole(AriaRole.Button, new() { Name = "Redrive the group" }).ClickAsync();

        await Assertions
            .Expect(page.Locator("[data-fact=state]"))
            .ToHaveTextAsync("Stopped", new() { Timeout = 120_000 });
        await ScreenshotAsync(page, "redrive-stopped");
        var sent = int.Parse(await page.Locator("[data-fact=sent]").InnerTextAsync(), CultureInfo.InvariantCulture);
        Assert.InRange(sent, 1, 99);
        Assert.Equal(
            await processor.RecordedAsync(cancellationToken),
            await processor.RecordedOnceAsync(cancellationToken)
        );
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_keeps_anybody_out(ColorScheme scheme)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync(scheme: scheme);
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var operations = await WithContentAsync(pipeline, cancellationToken);
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());

        var findings = new List<string>();
        foreach (var path in Pages.Concat(["login", .. await LettersAsync(page, operations)]))
        {
            await OpenAsync(page, operations, path);
            var result = await page.RunAxe();
            findings.AddRange(
                result
                    .Violations.Where(violation => violation.Impact is "serious" or "critical")
                    .SelectMany(violation => violation.Nodes.Select(node => $"/{path}: {violation.Id}: {node.Html}"))
            );
        }

        Assert.True(findings.Count == 0, string.Join(System.Environment.NewLine, findings));
    }

    [Fact]
    public async Task A_telephone_shows_every_page_without_scrolling_sideways()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync(width: 375, height: 800);
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var operations = await WithContentAsync(pipeline, cancellationToken);
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());

        foreach (var path in Pages.Concat(await LettersAsync(page, operations)))
        {
            await OpenAsync(page, operations, path);
            var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(width <= 375 + MarginOfRounding, $"/{path} is {width} wide");
        }
    }

    [Fact]
    public async Task A_redrive_is_ordered_with_the_keyboard_alone()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await pipeline.BuryAsync(AnEvent.Of(1), "effect-timeout", FailureClass.Transient, cancellationToken);
        await using var operations = await OperationsProcess.StartAsync(pipeline, cancellationToken);
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());
        await OpenAsync(page, operations, "dead-letters/transient/effect-timeout");
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("1", new() { Timeout = 60_000 });

        await TabToAsync(page, "Redrive the group");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("[data-fact=state]")).ToBeVisibleAsync();
    }

    private static async Task TabToAsync(IPage page, string name)
    {
        for (var press = 0; press < 60; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("document.activeElement?.textContent?.trim() ?? ''") == name)
            {
                return;
            }
        }

        Assert.Fail($"The keyboard does not reach '{name}'.");
    }

    private static async Task BuryMixedAsync(EmulatedPipeline pipeline, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= 200; number++)
        {
            await pipeline.BuryAsync(
                number % 10 < 3 ? AnEvent.Poison(number) : AnEvent.Of(number),
                "effect-timeout",
                FailureClass.Transient,
                cancellationToken
            );
        }
    }

    private static async Task<OperationsProcess> WithContentAsync(
        EmulatedPipeline pipeline,
        CancellationToken cancellationToken
    )
    {
        for (var number = 1; number <= 8; number++)
        {
            await pipeline.BuryAsync(AnEvent.Of(number), "effect-timeout", FailureClass.Transient, cancellationToken);
            var known = AnEvent.Decode(AnEvent.Of(number + 100));
            await pipeline.RecordAsync(known.Subject, known.SortKey, known.PublishedAt, cancellationToken);
        }

        await pipeline.BuryAsync(AnEvent.Poison(9), "no-event-body", FailureClass.Poison, cancellationToken);
        return await OperationsProcess.StartAsync(pipeline, cancellationToken);
    }

    private static async Task<string[]> LettersAsync(IPage page, OperationsProcess operations)
    {
        await OpenAsync(page, operations, "dead-letters/transient/effect-timeout");
        var link = await page.Locator("tbody a").First.GetAttributeAsync("href");
        return [link!, $"conversations/{AnEvent.Decode(AnEvent.Of(101)).ConversationId}"];
    }

    /// <summary>Until it shows what it is about.</summary>
    private static async Task OpenAsync(IPage page, OperationsProcess operations, string path)
    {
        await page.GotoAsync(new Uri(operations.Link, $"/{path}").ToString());
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Reading.", new() { Timeout = 60_000 });
        await Assertions
            .Expect(page.Locator("main"))
            .Not.ToContainTextAsync("is under way.", new() { Timeout = 60_000 });
    }

    /// <summary>Into docs/, where somebody asks for new pictures: <c>UPDATE_DOCS=1</c>.</summary>
    private static async Task ScreenshotAsync(IPage page, string name)
    {
        if (System.Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await page.ScreenshotAsync(new() { Path = Repository.PathOf("docs", "operations", $"{name}.png") });
        }
    }
}
