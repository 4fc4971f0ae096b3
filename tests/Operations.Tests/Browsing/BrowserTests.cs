using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Operations.Tests.Emulated;

namespace Operations.Tests.Browsing;

public sealed partial class BrowserTests(EmulatedAws aws, Browser browser)
{
    [Fact]
    public async Task The_printed_link_lets_in_and_nothing_else_does()
    {
        await using var window = await browser.NewWindowAsync();
        var operations = await aws.Site.OperationsAsync();
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
        var operations = await aws.Site.OperationsAsync();
        var page = await window.NewPageAsync();

        await page.GotoAsync(new Uri(operations.Link, $"/login?t={SharedSite.ReaderToken}").ToString());
        await SharedSite.OpenAsync(page, operations, "dead-letters/transient/effect-timeout");

        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("8");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Redrive the group" }))
            .ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Export" })).ToHaveCountAsync(0);
        await SharedSite.OpenAsync(page, operations, $"dead-letters/letter/{SharedSite.LetterId}");
        await Assertions.Expect(page.GetByLabel("Body", new() { Exact = true })).ToContainTextAsync("•••");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show personal data" }))
            .ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_searched_for_is_what_would_be_redriven()
    {
        await using var window = await browser.NewWindowAsync();
        var operations = await aws.Site.OperationsAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());
        await SharedSite.OpenAsync(page, operations, "dead-letters/transient/effect-timeout");

        await page.GetByLabel("Topic, conversation or letter").FillAsync(AnEvent.Decode(AnEvent.Of(1)).ConversationId!);
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Redrive the 1 found" }))
            .ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "What would be redriven?" }).ClickAsync();

        await Assertions.Expect(page.Locator("p[role=status]")).ToContainTextAsync("1 letters would be redriven");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Link, new() { Name = "Export" }))
            .ToHaveAttributeAsync("href", new Regex("&text=", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_timeline_is_in_the_order_of_events_and_tells_that_of_their_arrival()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        var operations = await aws.Site.OperationsAsync();
        var pipeline = await aws.Site.PipelineAsync();
        var first = AnEvent.Decode(AnEvent.Of(301));
        var (at, key) = (first.SortKey[..14], first.SortKey[14..^1]);
        var happened = long.Parse(at, CultureInfo.InvariantCulture);
        foreach (var (step, arrived) in new[] { (0, 30), (1, 10), (2, 20) })
        {
            await pipeline.RecordAsync(
                first.Subject,
                string.Create(CultureInfo.InvariantCulture, $"{happened + step:00000000000000}{key}{step}"),
                first.PublishedAt.AddSeconds(arrived),
                cancellationToken
            );
        }

        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());
        await SharedSite.OpenAsync(page, operations, $"conversations/{first.ConversationId}");

        await Assertions.Expect(page.Locator("[data-fact=events]")).ToHaveTextAsync("3");
        await Assertions.Expect(page.Locator("tbody tr td:nth-child(3)")).ToHaveTextAsync(["3", "1", "2"]);
    }

    [Fact]
    public async Task Hostile_content_is_text()
    {
        await using var window = await browser.NewWindowAsync();
        var operations = await aws.Site.OperationsAsync();
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
    public async Task Personal_data_is_hidden_when_a_letter_is_opened_and_shown_when_asked_for()
    {
        await using var window = await browser.NewWindowAsync();
        var operations = await aws.Site.OperationsAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());

        await SharedSite.OpenAsync(page, operations, $"dead-letters/letter/{SharedSite.LetterId}");
        var body = page.GetByLabel("Body", new() { Exact = true });
        await Assertions.Expect(body).ToContainTextAsync("•••");
        var opened = await page.ContentAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show personal data" }).ClickAsync();

        await Assertions.Expect(body).ToContainTextAsync("Member");
        Assert.DoesNotContain("Member", opened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_open_elsewhere_ends_with_the_logout()
    {
        await using var window = await browser.NewWindowAsync();
        var operations = await aws.Site.OperationsAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());
        await SharedSite.OpenAsync(page, operations, "dead-letters/transient/effect-timeout");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Button, new() { Name = "Redrive the group" }))
            .ToBeVisibleAsync();

        var another = await window.NewPageAsync();
        await another.GotoAsync(new Uri(operations.Link, "/journal").ToString());
        await another.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Assertions.Expect(another.GetByLabel("Token")).ToBeVisibleAsync();
        await page.BringToFrontAsync();

        await Assertions
            .Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your login is over" }))
            .ToBeVisibleAsync();
        Assert.Equal(0, await page.Locator("main table, main button").CountAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Log in again" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Token")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_grid_is_sorted_with_the_keyboard_and_says_how()
    {
        await using var window = await browser.NewWindowAsync();
        var operations = await aws.Site.OperationsAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());
        await SharedSite.OpenAsync(page, operations, "dead-letters");
        var reason = page.Locator("th", new() { HasText = "Reason" });
        await Assertions.Expect(reason).Not.ToHaveAttributeAsync("aria-sort", Sorted());

        // The grid is one stop of the tab key; within it the arrows go from heading to heading.
        await page.GetByRole(AriaRole.Grid).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(reason).ToHaveClassAsync(Focused());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(reason).ToHaveAttributeAsync("aria-sort", "ascending");
        var first = await page.Locator("tbody a").First.InnerTextAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(reason).ToHaveAttributeAsync("aria-sort", "descending");
        await Assertions.Expect(page.Locator("tbody a").Last).ToHaveTextAsync(first);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(reason).Not.ToHaveAttributeAsync("aria-sort", Sorted());
    }

    [Fact]
    public async Task A_redrive_is_ordered_with_the_keyboard_alone()
    {
        await using var window = await browser.NewWindowAsync();
        var operations = await aws.Site.OperationsAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());
        await SharedSite.OpenAsync(page, operations, $"dead-letters/transient/{SharedSite.ToBeRedriven}");
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("1");

        await TabToAsync(page, "Redrive the group");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("[data-fact=state]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_budget_says_who_holds_which_share_of_it()
    {
        await using var window = await browser.NewWindowAsync();
        var operations = await aws.Site.OperationsAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());

        await SharedSite.OpenAsync(page, operations, "budget");

        await Assertions
            .Expect(page.GetByRole(AriaRole.Heading, new() { Name = SharedSite.ABudget }))
            .ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[aria-label=Shares] tbody")).ToContainTextAsync("a-replica");
    }

    /// <summary>A page whose connection ends asks for another at once.</summary>
    [Fact]
    public async Task A_process_that_is_told_to_end_is_not_kept_from_it_by_pages_that_are_open()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        using var pipeline = await aws.NewPipelineAsync(cancellationToken);
        await using var operations = await OperationsProcess.StartAsync(pipeline, cancellationToken);
        for (var open = 0; open < 4; open++)
        {
            var page = await window.NewPageAsync();
            await page.GotoAsync(operations.Link.ToString());
            await SharedSite.OpenAsync(page, operations, "dead-letters");
        }

        await operations.EndAsync(cancellationToken);
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

    [GeneratedRegex("ascending|descending")]
    private static partial Regex Sorted();

    [GeneratedRegex("rz-state-focused")]
    private static partial Regex Focused();
}
