using System.Globalization;
using Events.DeadLetters;
using Microsoft.Playwright;
using Operations.Tests.Emulated;
using Testing;

namespace Operations.Tests.Browsing;

public sealed class BrowserTests(EmulatedAws aws, Browser browser, SharedSite site) : IClassFixture<SharedSite>
{
    private const int MarginOfRounding = 1;

    [Fact]
    public async Task The_printed_link_lets_in_and_nothing_else_does()
    {
        await using var window = await browser.NewWindowAsync();
        var operations = await site.OperationsAsync();
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
        await using var window = await browser.NewWindowAsync();
        var operations = await site.OperationsAsync();
        var page = await window.NewPageAsync();

        await page.GotoAsync(new Uri(operations.Link, $"/login?t={SharedSite.ReaderToken}").ToString());
        await SharedSite.OpenAsync(page, operations, "dead-letters/transient/effect-timeout");

        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("8");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Redrive the group" }))
            .ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Hostile_content_is_text()
    {
        await using var window = await browser.NewWindowAsync();
        var operations = await site.OperationsAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());

        await SharedSite.OpenAsync(page, operations, "dead-letters/poison/not-json");
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
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("200");
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
        var findings = (await site.TourAsync())
            .SelectMany(page =>
                (scheme == ColorScheme.Light ? page.Light : page.Dark).Select(finding => $"/{page.Path}: {finding}")
            )
            .ToList();

        Assert.True(findings.Count == 0, string.Join(System.Environment.NewLine, findings));
    }

    [Fact]
    public async Task A_telephone_shows_every_page_without_scrolling_sideways() =>
        Assert.DoesNotContain(await site.TourAsync(), page => page.Width > 375 + MarginOfRounding);

    [Fact]
    public async Task A_redrive_is_ordered_with_the_keyboard_alone()
    {
        await using var window = await browser.NewWindowAsync();
        var operations = await site.OperationsAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());
        await SharedSite.OpenAsync(page, operations, $"dead-letters/transient/{SharedSite.ToBeRedriven}");
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("1");

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

    /// <summary>Into docs/, where somebody asks for new pictures: <c>UPDATE_DOCS=1</c>.</summary>
    private static async Task ScreenshotAsync(IPage page, string name)
    {
        if (System.Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await page.ScreenshotAsync(new() { Path = Repository.PathOf("docs", "operations", $"{name}.png") });
        }
    }
}
