using Microsoft.Playwright;
using Operations.DeadLetters;
using Operations.Tests.Browsing;
using Operations.Tests.Emulated;

namespace Operations.Tests.DeadLetters;

public sealed class ManyLettersTests(ManyLetters letters, Browser browser) : IClassFixture<ManyLetters>
{
    private const string FirstLink = "tbody a";
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Of_ten_thousand_letters_a_page_is_there_within_a_second()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var operations = new OperationsUnderTest(await letters.PipelineAsync(cancellationToken));
        await operations.Index.RefreshAsync(cancellationToken);
        var started = TimeProvider.System.GetTimestamp();

        var groups = await operations.Desk.GroupsAsync(cancellationToken);
        var page = await operations.Desk.FindAsync(
            new LetterSearch("transient", "reason-3", Start: 500),
            cancellationToken
        );

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, AnswerMax);
        Assert.Equal(
            (ManyLetters.Count, ManyLetters.InGroup, 50),
            (groups.Sum(group => group.Count), page.Total, page.Letters.Count)
        );
    }

    [Fact]
    public async Task A_thousand_letters_are_sorted_searched_and_scrolled_though_the_page_has_few_of_them()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var window = await browser.NewWindowAsync();
        var pipeline = await letters.PipelineAsync(cancellationToken);
        await using var operations = await OperationsProcess.StartAsync(pipeline, cancellationToken);
        var page = await window.NewPageAsync();
        await page.GotoAsync(operations.Link.ToString());
        await SharedSite.OpenAsync(page, operations, "dead-letters/transient/reason-3");
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("1000");
        var oldest = await page.Locator(FirstLink).First.InnerTextAsync();

        await page.Locator("th", new() { HasText = "First sent" }).ClickAsync();
        await page.Locator("th", new() { HasText = "First sent" }).ClickAsync();
        await Assertions.Expect(page.Locator(FirstLink).First).Not.ToHaveTextAsync(oldest);
        await page.Locator(".rz-data-grid-data").EvaluateAsync("grid => grid.scrollTop = grid.scrollHeight");
        await Assertions.Expect(page.Locator("tbody a", new() { HasText = oldest })).ToBeVisibleAsync();
        Assert.InRange(await page.Locator("tbody tr").CountAsync(), 1, 200);

        await page.GetByLabel("Topic, conversation or letter").FillAsync(oldest);
        await Assertions.Expect(page.Locator("[data-fact=letters]")).ToHaveTextAsync("1");
    }
}
